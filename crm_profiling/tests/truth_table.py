"""The rule by examples, tried on the plain evaluator and through the database.

Answers are written a1, a2, a3 (question A, one answer) and b1, b2, b3 (question B,
several answers).
"""

MATCHED, OPEN, RULED_OUT = "matched", "open", "ruled_out"

TRUTH_TABLE = [
    # required     excluded   answered     state       questions to ask
    ("", "", "", RULED_OUT, ""),
    ("", "", "a1 b1", RULED_OUT, ""),
    # one question, required
    ("a1", "", "", OPEN, "A"),
    ("a1", "", "a1", MATCHED, ""),
    ("a1", "", "a2", RULED_OUT, ""),
    ("a1 a2", "", "a1", MATCHED, ""),
    ("a1 a2", "", "a2", MATCHED, ""),
    ("a1 a2", "", "a3", RULED_OUT, ""),
    ("a1", "", "b1", OPEN, "A"),
    # one question, excluded
    ("", "a1", "", OPEN, "A"),
    ("", "a1", "b1", OPEN, "A"),
    ("", "a1", "a1", RULED_OUT, ""),
    ("", "a1", "a2", MATCHED, ""),
    ("", "a1 a2", "a2", RULED_OUT, ""),
    ("", "a1 a2", "a3", MATCHED, ""),
    ("", "a1 a2 a3", "", OPEN, "A"),
    ("", "a1 a2 a3", "a3", RULED_OUT, ""),
    # one question, both
    ("a1", "a2", "", OPEN, "A"),
    ("a1", "a2", "a1", MATCHED, ""),
    ("a1", "a2", "a2", RULED_OUT, ""),
    ("a1", "a2", "a3", RULED_OUT, ""),
    ("a1", "a1", "a1", RULED_OUT, ""),
    # several answers to one question
    ("b1", "", "b1 b2", MATCHED, ""),
    ("b1 b2", "", "b1 b2", MATCHED, ""),
    ("b1 b2", "", "b3", RULED_OUT, ""),
    ("", "b1", "b2 b3", MATCHED, ""),
    ("", "b1", "b1 b2", RULED_OUT, ""),
    ("b1", "b2", "b1 b2", RULED_OUT, ""),
    ("b1", "b2", "b1 b3", MATCHED, ""),
    # two questions: both must be right
    ("a1 b1", "", "", OPEN, "A B"),
    ("a1 b1", "", "a1", OPEN, "B"),
    ("a1 b1", "", "b1", OPEN, "A"),
    ("a1 b1", "", "a1 b1", MATCHED, ""),
    ("a1 b1", "", "a1 b2", RULED_OUT, ""),
    ("a1 b1", "", "a2", RULED_OUT, "B"),
    ("a1 a2 b1", "", "a2 b1 b3", MATCHED, ""),
    ("a1", "b1", "a1", OPEN, "B"),
    ("a1", "b1", "a1 b1", RULED_OUT, ""),
    ("a1", "b1", "a1 b2", MATCHED, ""),
    ("a1", "b1", "b1", RULED_OUT, "A"),
]
