"""Who gets the next free worker."""

from __future__ import annotations

import asyncio

import pytest

from kg.server.turns import Turns


def test_clients_take_turns_and_each_gets_its_own_in_order() -> None:
    async def scene() -> list[str]:
        turns: Turns[str] = Turns(share=9)
        served: list[str] = []

        async def asks(client: str, name: str) -> None:
            thing = await turns.take(client)
            served.append(name)
            await asyncio.sleep(0)
            turns.done(client)
            turns.offer(thing)

        waiting = [asyncio.create_task(asks(name[0], name)) for name in ("a1", "a2", "a3", "b1", "b2", "c1")]
        await asyncio.sleep(0)
        assert turns.waiting == 6
        turns.offer("worker")
        await asyncio.gather(*waiting)
        return served

    assert asyncio.run(scene()) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_client_cannot_hold_more_than_its_share() -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(share=2)
        for worker in range(3):
            turns.offer(worker)
        greedy = [asyncio.create_task(turns.take("greedy")) for _ in range(5)]
        await asyncio.sleep(0)
        assert sum(task.done() for task in greedy) == 2
        async with asyncio.timeout(5):
            await turns.take("modest")
        turns.done("greedy")
        turns.offer(0)
        await asyncio.sleep(0)
        assert sum(task.done() for task in greedy) == 3
        for task in greedy:
            task.cancel()

    asyncio.run(scene())


@pytest.mark.parametrize("lent", [False, True])
def test_who_gives_up_waiting_takes_nothing_away(lent: bool) -> None:
    async def scene() -> None:
        turns: Turns[str] = Turns(share=1)
        waits = asyncio.create_task(turns.take("a"))
        await asyncio.sleep(0)
        if lent:
            turns.offer("worker")  # it is on its way when the client gives up
        waits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waits
        if not lent:
            turns.offer("worker")
        assert turns.waiting == 0
        async with asyncio.timeout(5):
            assert await turns.take("a") == "worker"

    asyncio.run(scene())
