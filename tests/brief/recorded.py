"""A small case with a record: promises, arrangements, commands, capabilities, an argument."""

RECORDED = """\
detente: 1
id: recorded
title: Should South join the club?
as_of: 2024-04-16
focus: south
recommendation: {strategy: join, says: Join the club, rests_on: [club_helps]}
sources:
  memo: {type: report, title: A memo, issued: 2024-04, paragraphs: [I.1, I.2]}
actors:
  south: {name: {en: South, ko: 남쪽}}
  north: {name: North}
  ally: {name: Ally}
  third: {name: Third}
layers:
  treaty: {label: treaties of defence}
arrangements:
  pact: {name: The pact, layer: treaty, kind: treaty, parties: [south, ally], from: 1954-01-01}
  old: {name: The old pact, layer: treaty, kind: treaty, parties: [ally, third], from: 1950-01-01}
  accord: {name: The accord, layer: treaty, kind: body, parties: [south, ally], from: 2020-01-01}
  club: {name: The club, layer: technology, kind: club, parties: [ally, third, north],
         from: 2021-01-01}
commands:
  staff: {name: The staff, actors: [ally], authority: [{}]}
  forces: {name: The forces, actors: [ally], under: [{command: staff}]}
commitments:
  base:
    says: Ally builds a base
    parties: [ally]
    layer: treaty
    due: 2024-03-16
    history: [{on: 2023-01-01, status: announced}, {on: 2024-01-01, status: in_execution}]
    wordings:
      - {says: may build, strength: considered, evidence: [{source: memo, at: I.1}]}
      - {says: has built, strength: delivered, evidence: [{source: memo, at: I.2}]}
  fund:
    says: Both found a fund
    parties: [ally, south]
    layer: money
    announced: 2024-04-01
tasks: {guard: {label: Guard the coast}, feed: {label: Feed the troops}}
capabilities:
  radar: {label: Radar, arrangements: [club], tasks: [guard]}
  boats: {label: Boats, arrangements: [club, pact], tasks: [guard]}
options:
  south: {join: {label: join, enacts: {yes: {join: club}}}}
preferences: {south: [{prefer: south.join, role: end, assumption: a wish}]}
strategies: {join: {says: Join, south.join: yes}}
claims:
  north_is_weak: {says: North is weak, untested: nobody counted}
  ally_is_busy: {says: Ally is busy, untested: nobody asked}
  club_is_open:
    says: The club is open
    rests_on: [north_is_weak, ally_is_busy]
    untested: nobody knocked
  club_helps:
    says: The club helps South
    rests_on: [club_is_open]
    test: {commit: {south.join: yes}, expect: south.join}
  south_rose:
    says: South stands higher than before
    test: {kind: position, actor: south, measure: katz, layer: all, at: 2024-04-16,
           against: 2019-01-01, is: higher}
"""
