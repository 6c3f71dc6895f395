"""What the model takes a message for, and how much that counts beside the question of a dialogue."""

#: Never taken for an answer, unless the message is nothing but one.
FIRST_OF_ALL = frozenset({"request_human", "request_leader", "make_complaint"})
#: Step aside as well, unless the words answer the question and none of them sounds dangerous.
EMERGENCIES = frozenset({"report_leak", "report_co_poisoning", "report_fire"})
#: What a good day or a thank you in the middle is answered with.
COURTESIES = {"greet": "utter_here_i_am", "thank": "utter_you_are_welcome"}
#: Say nothing about the subject: no reason to leave the question.
STEERING = frozenset({"", "affirm", "deny", "nlu_fallback", *COURTESIES})
#: How sure the model must be to interrupt a dialogue, and that more than a bare yes is one.
SURE = 0.6
VERY_SURE = 0.9
