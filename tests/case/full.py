"""A small case in which every section and every kind of entry stands."""

FULL = """\
detente: 1
id: two_rivals
title: {en: Will the rivals keep the peace?, ko: 두 경쟁국}
as_of: 2024-04-16
horizon: 24 months
focus: row
recommendation: {strategy: hold_back, rests_on: [it_answers], evidence: [{source: memo, at: p. 2}]}
notes: [A note, {en: Another, ko: 다른}]
sources:
  memo: {type: report, title: A memo, author: Doe, issued: 2024-04, accessed: 2024-04-12,
         paragraphs: [p. 1, p. 2]}
  book: {type: book, title: A book, issued: 1993, page: 12-14, volume: 3}
actors:
  row: {name: {en: Row, ko: 행}, cow: 2, iso3: ROW}
  col: {name: Col}
  third:
arrangements:
  pact: {name: A pact, layer: [technology, industry], kind: minilateral, parties: [row, col, third],
         from: 2001-02-03, to: 2001-02-03, joined: {third: 2001-02-03}, left: {third: 2001-02-03}, evidence: [{source: memo, at: "7", quote: a few words}]}
  treaty: {name: A treaty, layer: defence_treaty, kind: treaty, parties: [col, third]}
commitments:
  visit: {says: Row visits, parties: [row], layer: technology, announced: 2024-01-02, due: 2024-01-02, executed: [0.2, 0.7],
          wordings: [{says: might, strength: considered, evidence: [{source: memo, at: p. 1}]},
                     {says: will, strength: planned, parties: [row], evidence: [{source: memo, at: p. 2}]}],
          history: [{on: 2024-01-02, status: announced}, {on: 2024-01-02, status: in_execution}]}
uncertainties:
  hidden: {kind: event, probability: [0.2, 0.6], assumption: a guess}
  known_odds: {kind: event, probability: 0.5}
  cost: {kind: uniform, range: [0.1, 1.2], unit: "% of GDP"}
  growth: {kind: triangular, range: [-1, 3], mode: 1}
  delay: {kind: pert, range: [1, 10], mode: 2}
  error: {kind: normal, range: [-2, 2], mean: 0, sd: 1}
  scale: {kind: log_uniform, range: [1e-3, 10]}
  mood: {kind: choice, weights: {calm_mood: 2, angry: 1}}
correlations: [{between: [hidden, cost], rank: 0.5, assumption: a guess}, {between: [visit, cost], rank: -0.5}]
options:
  row:
    arm: {label: Arm, moves: up, enacts: {yes: {join: pact}}, evidence: [{source: memo}]}
    press: {levels: [none, some, much], assumption: as a rule}
  col:
    arm: {label: {en: Arm, ko: 무장}, levels: {no: does not arm, yes: arms}, assumption: as a rule}
    wait: {assumption: as a rule}
infeasible:
  - {when: row.arm and row.press == much, because: it cannot do both, assumption: as a rule}
status_quo: {row.arm: no, row.press: none, col.arm: no}
preferences:
  row:
    - {prefer: not col.arm, role: end, evidence: [{source: memo, at: p. 1}]}
    - any_order:
        - {prefer: row.press >= some, credence: [0.4, 0.9], assumption: as a rule}
        - {prefer: "col.wait implies row.arm", when: hidden, assumption: as a rule}
    - {prefer: row.arm, when: mood == angry, credence: 0.7, assumption: as a rule}
    - {prefer: col.wait, unknown: yes, assumption: as a rule}
  col: {utility: "2*strength - cost", unit: billion, assumption: as a rule}
indicators:
  strength: {formula: "max(col.arm, 1 - row.press/2) + col.wait*exp(-1)", unit: "[0, 2]"}
  tense: {formula: "row.arm and col.arm"}
  reach: {network: {measure: strength, actor: row, layer: technology}, unit: arrangements}
views:
  expert_a:
    row: [{prefer: not row.press}]
    col: {ranking: ["1010", ["0000", "0001"], "0010", "0011", "0100", "0101", "0110", "0111", "0200",
                    "0201", "0210", "0211", "1000", "1001", "1011", "1100", "1101", "1110", "1111"]}
arcs: {col: {"0000": "0001", "0001": ["0000", "0010"]}}
one_step: [row]
frozen: {col.wait: no}
same_when: [{when: row.arm and row.press == some and col.arm and col.wait, because: nobody can tell, assumption: as a rule}]
states: [{when: tense, name: {en: A crisis, ko: 위기}}]
perceptions:
  col: {preferences: {row: [{prefer: col.arm, much_more: yes}, {prefer: row.arm, much_more: no}]},
        unaware: [row.press], assumption: as a rule,
        perceptions: {row: {preferences: {col: {utility: row.arm - col.arm}}, unaware: [col.wait]}}}
signals:
  disarm: {says: Row disarms, sender: row, receiver: col, trust: [0.2, 0.5], assumption: a guess,
           gain: {trustworthy: 1, untrustworthy: [0.4, 0.6]}, commit: {row.arm: no},
           cost: {trustworthy: 0.3, untrustworthy: 0.8}, stakes: {betrayed: 1, exploiting: 0.5}}
goals:
  - {id: calm, says: Nobody is tense, test: not tense}
strategies:
  hold_back: {says: Hold back, row.press: none}
  press_on: {row.press: some, row.arm: yes}
  press_later: {commit: {row.press: some}, then: [{if: not col.arm or visit, commit: {row.arm: yes}}]}
claims:
  it_answers:
    says: {en: Col answers arms with arms, ko: 무장}
    evidence: [{source: memo, at: III.5}]
    modality: possible
    test: {commit: {row.arm: yes}, against: {row.arm: no}, expect: col.arm, in: some, concept: seq}
  it_holds:
    says: The peace holds because of Col
    assumption: as a rule
    rests_on: [it_answers]
    tags: [C1, 2]
    test: {kind: stability, state: "0000", for: row, is: stable, concept: seq, because: col}
  it_is_better: {says: Better, assumption: a,
                 test: {kind: compare, under: hold_back, against: {row.arm: yes}, of: calm, is: better}}
  at_worst: {says: Worse, assumption: a,
             test: {kind: compare, under: hold_back, against: press_on, of: worst(row), is: worse}}
  it_rises: {says: It rises, assumption: a, test: {kind: position, actor: third, measure: katz,
             layer: all, at: 2024-04-16, against: 2014-04-16, without: pact, is: higher}}
  it_comes: {says: It comes, assumption: a,
             test: {kind: execution, commitment: visit, status: delivered, by: 2025-12-31}}
  it_grows: {says: It grows, assumption: a, test: {kind: trend, of: arms.row, under: hold_back,
             against: press_on, over: 2024..2034, is: lower}}
  it_stands_out: {says: It stands out, assumption: a, test: {kind: position, actor: third,
                  measure: strength, than: [row, col], is: higher}}
  it_joins: {says: It joins, assumption: a, test: {kind: position, actor: third, measure: katz,
             with: ["pact:third", late], is: higher}}
  they_come: {says: They come, assumption: a, test: {kind: execution, layer: technology, party: row,
              commitments: [visit], status: [in_execution], by: 2025-12-31, at_least: 0.5, at_most: 1}}
  it_counts: {says: It counts, assumption: a, test: {kind: record, about: the cost, stated: [1, 2],
              found: [{value: 1.5, evidence: [{source: memo}]}, {value: [2, 3]}]}}
  it_is_known: {says: It is known, assumption: a, test: {kind: record, about: a fact, is: partly}}
  it_was: {says: It was so before, assumption: a,
           test: {kind: precedent, of: coercion, outcome: yielded}}
  they_stay: {says: They stay, assumption: a, test: {kind: stability, state: not tense,
              for: [row, col], is: stable, seen_by: col, concept: gmr}}
  it_stays: {says: It stays, assumption: a, test: {kind: stability, state: not tense, for: row,
             is: stable, concept: gmr_strong}}
  it_tells: {says: It tells, assumption: a, test: {kind: signal, signal: disarm, is: separating}}
  it_is_so: {says: It is so, assumption: a, test: {kind: record, about: the visit}}
  one_ought: {says: One ought to, assumption: a, untested: normative}
capabilities:
  radar: {label: Radar, kind: system, arrangements: [pact], actors: [row], tasks: [watch], note: A}
tasks:
  watch: {label: Watch, actor: row, assumption: as a rule}
precedents:
  old_case: {kind: coercion, says: It yielded, actor: row, target: col, on: 1999-03-15,
             outcome: yielded, size: small}
layers:
  technology: {label: Technology, weight: 2, assumption: a guess}
commands:
  staff: {name: The staff, actors: [row, col], from: 1999-01-01, to: 2030-01-01, note: Combined}
  corps: {name: The corps, actors: [row], under: [{command: staff, from: 1999-01-01}],
          authority: [{from: 2001-01-01, to: 2002-01-01}, {}], assumption: a guess}
events:
  meeting: {on: 2024-01-03, says: They met, actors: [row, col], kind: summit, evidence: [{source: memo}]}
aftermath:
  until: 2026-04-16
  commitments: {visit: [{on: 2025-03-30, status: delivered, assumption: seen}]}
  arrangements:
    late: {name: A late pact, layer: technology, kind: treaty, parties: [row, col], from: 2025-01-01}
  commands: {corps: {name: The corps, actors: [row], under: [{command: staff, to: 2025-01-01}]}}
  resolved: {hidden: {is: yes, on: 2025-01-20, assumption: seen}, visit: {is: no}, mood: {is: angry}}
  events: {quarrel: {on: 2025-02-01, says: They quarrelled}}
  precedents: {new_case: {kind: coercion, on: 2025-05-01, outcome: resisted}}
  forecasts: {it_answers: {came: other_cause, on: 2025-06-01, says: Col armed before Row did}}
"""
