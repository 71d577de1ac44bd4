"""A small argument in which everything stands that a brief tells."""

ARGUED = """\
detente: 1
id: base
title: Should South let its ally build a base?
as_of: 2024-04-16
horizon: 12 months
focus: south
recommendation:
  strategy: host_and_talk
  says: Host the base and offer talks
  rests_on: [north_presses, talks_help]
notes: ["`host` means a lease, not a treaty."]
sources:
  memo: {type: report, title: A memo, author: Doe, issued: 2024-04, url: "https://example.org/memo"}
actors:
  south: {name: South, evidence: [{source: memo, at: p. 1}]}
  north: {name: North, note: the neighbour, evidence: [{source: memo, at: p. 1}]}
  ally: {name: Ally}
  third: {name: Third}
options:
  south:
    host: {label: host the base, moves: up, evidence: [{source: memo, at: p. 2}]}
    talk: {label: offer talks, assumption: it always may}
  north:
    press:
      label: pressure
      levels: {none: hold back, words: protest, trade: close the market}
      assumption: as before
    accept: {label: accept talks, assumption: it may}
  ally:
    stay: {label: stay, evidence: [{source: memo, at: p. 3}]}
infeasible:
  - when: south.host and south.talk and north.press == trade
    because: nobody talks through a blockade
    assumption: a rule
indicators:
  talks:
    formula: south.talk and north.accept
    label: talks take place
    assumption: both are needed
uncertainties:
  election:
    kind: event
    probability: [0.2, 0.4]
    says: South changes its government
    assumption: a guess
preferences:
  south:
    - any_order:
        - {prefer: ally.stay, says: keep the ally, role: end, evidence: [{source: memo, at: p. 4}]}
        - prefer: "north.press != trade"
          says: keep the market open
          role: end
          evidence: [{source: memo, at: p. 4}]
    - {prefer: talks, says: talk with North, role: end, credence: [0.5, 0.9], assumption: a hope}
    - {prefer: not south.host, role: cost, when: not election, assumption: land is dear}
  north:
    - prefer: "south.host implies north.press >= words"
      says: answer the base
      role: means
      credence: [0.5, 0.8]
      assumption: the text says so
    - prefer: "not south.host implies north.press == none"
      says: leave South alone otherwise
      role: cost
      assumption: trade is welcome
    - {prefer: talks, says: talk with South, role: end, evidence: [{source: memo, at: p. 5}]}
    - {prefer: not north.accept, role: cost, assumption: pride}
    - {prefer: "north.press != trade", role: cost, assumption: it costs North as well}
  ally:
    - prefer: "ally.stay iff south.host"
      says: stay where it has a base
      role: end
      evidence: [{source: memo, at: p. 6}]
goals:
  - {id: calm, says: the market stays open, test: "north.press != trade"}
  - {id: talking, says: talks take place, test: talks}
strategies:
  refuse: {says: Refuse, south.host: no, south.talk: no}
  host_only: {says: Host and say nothing, south.host: yes, south.talk: no}
  host_and_talk: {says: Host and offer talks, south.host: yes, south.talk: yes}
claims:
  north_presses:
    says: If South hosts the base, North protests
    evidence: [{source: memo, at: II.1}]
    modality: likely
    test: {commit: {south.host: yes}, against: {south.host: no}, expect: "north.press >= words"}
  talks_help:
    says: An offer of talks is accepted
    evidence: [{source: memo, at: II.2}]
    test: {commit: {south.talk: yes}, against: {south.talk: no}, expect: talks}
  ally_stays:
    says: The ally stays either way
    evidence: [{source: memo, at: II.3}]
    test: {commit: {south.host: no}, expect: ally.stay}
  market_closes:
    says: With the base the market may close
    evidence: [{source: memo, at: II.4}]
    modality: possible
    test: {commit: {south.host: yes}, expect: "north.press == trade"}
  open_market:
    says: Hosting keeps the market open
    evidence: [{source: memo, at: II.5}]
    rests_on: [ally_stays]
    test: {commit: {south.host: yes}, against: {south.host: no}, expect: "north.press != trade"}
  care_pays:
    says: Talks make hosting better for South
    evidence: [{source: memo, at: II.6}]
    test: {kind: compare, under: host_and_talk, against: host_only, of: best(south), is: better}
  waiting_holds:
    says: South does not host while the ally is away
    evidence: [{source: memo, at: II.7}]
    test: {kind: stability, state: "not south.host and not ally.stay", for: south, is: stable}
  dignity:
    says: A state should not bow
    evidence: [{source: memo, at: II.8}]
    untested: "normative: says what South ought to do"
"""
