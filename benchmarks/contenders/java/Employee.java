/** The hard rules of one person; every bound is inclusive. */
public record Employee(
        int number,
        int minutesMin,
        int minutesMax,
        int runMin,
        int runMax,
        int restMin,
        int weekendsMax,
        int[] shiftMax) {}
