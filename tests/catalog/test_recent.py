from configurator.catalog.recent import Recent


def test_what_was_unused_longest_is_forgotten_first() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent: Recent[str, str] = Recent(2)
    for key in ["a", "b", "a", "c", "a", "b"]:
        assert recent.get(key, lambda key=key: make(key)) == key.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    recent.clear()
    recent.get("a", lambda: make("a"))
    assert made == ["a", "b", "c", "b", "a"]
