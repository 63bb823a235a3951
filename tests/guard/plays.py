"""Where the scenes of verbs and the secrets of events are kept, by what they are about."""

from collections.abc import Awaitable, Callable

from tests.guard.stage import Stage

Operation = tuple[str, str]
Scene = Callable[[Stage], Awaitable[object]]
Secret = Callable[[Stage], Awaitable[list[str]]]


class Plays:
    """What is played in one room of the guard, and in the rooms it joins."""

    def __init__(self, *rooms: "Plays") -> None:
        self.scenes: dict[Operation, Scene] = {}
        self.secrets: dict[str, Secret] = {}
        for room in rooms:
            self.scenes |= room.scenes
            self.secrets |= room.secrets

    def scene(self, method: str, path: str) -> Callable[[Scene], Scene]:
        """Registers what happens under the verb it plays."""

        def register(play: Scene) -> Scene:
            self.scenes[method, path] = play
            return play

        return register

    def secret(self, event: str) -> Callable[[Secret], Secret]:
        """Registers what happens, and what nobody may learn of it, under the event's class."""

        def register(play: Secret) -> Secret:
            self.secrets[event] = play
            return play

        return register
