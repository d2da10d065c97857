/** A kind of work; {@code forbids} says by number which shifts may not follow on the next day. */
public record Shift(int number, int minutes, boolean[] forbids) {}
