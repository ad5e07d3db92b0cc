"""The breaker's states, with a clock that the test sets."""

import threading

from api.answer.generation.circuit_breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = CircuitBreaker(failures=2, seconds=10, clock=Clock())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert (breaker.state, breaker.admit()) == ("closed", True)
    breaker.failed()
    assert (breaker.state, breaker.admit()) == ("open", False)


def test_after_its_time_one_call_tries_and_the_others_do_not_wait() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, seconds=10, clock=clock)
    breaker.failed()
    clock.now = 9.9
    assert not breaker.admit()
    clock.now = 10.0
    assert breaker.state == "half_open"
    assert [breaker.admit() for _ in range(3)] == [True, False, False]
    breaker.failed()
    assert not breaker.admit()
    clock.now = 20.0
    assert breaker.admit()
    breaker.succeeded()
    assert [breaker.admit() for _ in range(3)] == [True, True, True]


def test_a_trial_that_the_user_stopped_leaves_room_for_another() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, seconds=10, clock=clock)
    breaker.failed()
    clock.now = 10.0
    assert breaker.admit()
    breaker.given_up()
    assert breaker.state == "half_open"
    assert breaker.admit()


def test_of_many_threads_one_may_try() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, seconds=10, clock=clock)
    breaker.failed()
    clock.now = 10.0
    gate = threading.Barrier(8)
    admitted = []

    def ask() -> None:
        gate.wait()
        admitted.append(breaker.admit())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(admitted) == [False] * 7 + [True]
