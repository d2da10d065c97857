import java.io.IOException;
import java.io.Reader;
import java.io.StreamTokenizer;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a problem from numbers between blanks, in the order that the Python side writes them. */
final class Figures {
    private final StreamTokenizer tokens;

    private Figures(Reader reader) {
        tokens = new StreamTokenizer(reader);
    }

    static Roster read(Path path) throws IOException {
        try (Reader reader = Files.newBufferedReader(path)) {
            return new Figures(reader).roster();
        }
    }

    private int next() {
        try {
            tokens.nextToken();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return (int) tokens.nval;
    }

    private int[] row(int length) {
        return IntStream.generate(this::next).limit(length).toArray();
    }

    private Roster roster() {
        int people = next();
        int days = next();
        int kinds = next();
        long fixedCost = next();
        List<Shift> shifts = shifts(kinds);
        List<Demand> demands = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (Shift shift : shifts) {
                demands.add(new Demand(day, shift.number(), next(), next(), next()));
            }
        }
        List<Duty> duties = new ArrayList<>();
        for (int number = 0; number < people; number++) {
            readPerson(number, days, shifts, demands, duties);
        }
        return new Roster(people, days, fixedCost, demands, duties);
    }

    private List<Shift> shifts(int count) {
        List<Shift> shifts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int minutes = next();
            boolean[] forbids = new boolean[count];
            for (int after = 0; after < count; after++) {
                forbids[after] = next() == 1;
            }
            shifts.add(new Shift(number, minutes, forbids));
        }
        return shifts;
    }

    private void readPerson(
            int number, int days, List<Shift> shifts, List<Demand> demands, List<Duty> duties) {
        Employee person =
                new Employee(
                        number, next(), next(), next(), next(), next(), next(), row(shifts.size()));
        List<Shift> allowed =
                shifts.stream().filter(shift -> person.shiftMax()[shift.number()] > 0).toList();
        for (int day = 0; day < days; day++) {
            boolean isOff = next() == 1;
            long[] prices = IntStream.of(row(shifts.size() + 1)).asLongStream().toArray();
            if (!isOff && !allowed.isEmpty()) {
                Duty duty = new Duty(person, day, day == 0 || day == days - 1, prices);
                int first = day * shifts.size();
                duty.choose(allowed, demands.subList(first, first + shifts.size()));
                duties.add(duty);
            }
        }
    }
}
