"""A small case with every kind of factor, in which experts differ."""

UNCERTAIN = """\
detente: 1
id: uncertain
title: What nobody knows
focus: row
actors: {row: {}, col: {}}
uncertainties:
  storm: {kind: event, probability: [0.2, 0.6], says: A storm comes}
  cost: {kind: uniform, range: [0, 2], unit: billion}
  lag: {kind: triangular, range: [1, 9], mode: 2}
  idle: {kind: pert, range: [0, 1], mode: 0.5}
  mood: {kind: choice, weights: {calm: 2, sour: 1, angry: 1}}
commitments:
  help: {says: Help comes, parties: [col], layer: aid, executed: 0.75}
  hopes: {says: Nobody asks, parties: [col], layer: aid}
options:
  row: {arm: , talk: }
  col: {arm: , aid: {levels: [none, some, much]}}
infeasible:
  - {when: "storm and row.arm and row.talk"}
indicators:
  dear: {formula: cost + lag/10 > 1.4}
  load: {formula: row.arm + col.arm*cost}
preferences:
  row:
    - {prefer: not col.arm}
    - any_order:
        - {prefer: row.talk}
        - {prefer: row.arm, when: not help, credence: [0.5, 0.7]}
        - {prefer: "dear implies not row.arm", says: Arms are dear}
    - {prefer: col.aid >= some, when: mood == angry or dear}
    - {prefer: row.arm, credence: 0.4}
  col:
    - {prefer: "mood == calm implies not row.arm"}
    - any_order:
        - {prefer: col.arm}
        - {prefer: col.aid == none, credence: 0.8}
    - {prefer: row.talk}
views:
  hawk:
    row:
      - {prefer: row.arm, credence: 0.9}
      - any_order: [{prefer: not col.arm}, {prefer: col.aid >= some}]
goals: [{id: calm, test: not row.arm and not col.arm}]
strategies: {wait: {row.arm: no}, arm: {row.arm: yes}}
claims:
  answers:
    says: Col answers
    test: {commit: {row.arm: yes}, against: {row.arm: no}, expect: col.arm}
  loads: {says: It weighs, test: {commit: {row.talk: yes}, expect: load < 1, concept: seq}}
  holds: {says: It holds, test: {kind: stability, state: not row.arm, for: row, is: stable}}
"""
