import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverConfigOverride;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Timefold's default search on a roster; prints every better one as a line of JSON. */
public final class Contender {
    private static final int PRINT_EVERY_MS = 50;

    private final AtomicReference<Roster> latest = new AtomicReference<>();
    private final PrintStream out = System.out;
    private Roster printed;

    /** Arguments: the file of figures, the seed, and when to end, in milliseconds of the epoch. */
    public static void main(String[] arguments) throws Exception {
        Roster problem = Figures.read(Path.of(arguments[0]));
        long seed = Long.parseLong(arguments[1]);
        new Contender().run(problem, solver(seed, Long.parseLong(arguments[2])));
    }

    private static Solver<Roster> solver(long seed, long endsAt) {
        SolverConfig config =
                new SolverConfig()
                        .withSolutionClass(Roster.class)
                        .withEntityClasses(Duty.class)
                        .withConstraintProviderClass(RosterRules.class)
                        .withRandomSeed(seed);
        SolverFactory<Roster> factory = SolverFactory.create(config);
        // The time left is known only now: setting up the rules takes a second of it.
        Duration left = Duration.ofMillis(Math.max(1, endsAt - System.currentTimeMillis()));
        return factory.buildSolver(
                new SolverConfigOverride<Roster>()
                        .withTerminationConfig(new TerminationConfig().withSpentLimit(left)));
    }

    private void run(Roster problem, Solver<Roster> solver) throws InterruptedException {
        solver.addEventListener(event -> latest.set(event.getNewBestSolution()));
        Thread printer = new Thread(this::printOften);
        printer.setDaemon(true);
        printer.start();
        Roster best = solver.solve(problem);
        printer.interrupt();
        printer.join();
        latest.set(best);
        print();
    }

    /** Print beside the search, not in it: hundreds of better rosters a second come at first. */
    private void printOften() {
        try {
            while (true) {
                Thread.sleep(PRINT_EVERY_MS);
                print();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void print() {
        Roster roster = latest.get();
        if (roster != null && roster != printed) {
            printed = roster;
            out.println(roster.line());
            out.flush();
        }
    }
}
