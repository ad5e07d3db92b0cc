from eval.metrics.answer_length import AnswerLength, answer_length


def test_markers_do_not_count() -> None:
    # "법을 만들었다." is 8 and "3.5조 원이다." is 9 characters, with a blank between them.
    assert answer_length("법을 만들었다 [1]. 3.5조 원이다. [2]") == AnswerLength(18, 2)
    assert answer_length("- 첫째 [1]\n- 둘째") == AnswerLength(9, 2)
    assert answer_length(" ") == AnswerLength(0, 0)
