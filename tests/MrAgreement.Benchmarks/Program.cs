using MrAgreement.Benchmarks;

IReadOnlyList<Benchmark> all = [new CommandRate(), new WakeUpSearch(), new DossierReading(), new StoryRate(), new LogProof(), new LedgerReading(), new StatementOpening(), new BankFiles(), new PageRendering(), new SearchRate(), new PlanDifferences(), new AccountRate(), new PeopleCost(), new BackupCost(), new MailCost(), new IdleMemory(), new StartUp()];
var chosen = args.Length == 0 ? all : [.. all.Where(b => args.Contains(b.Name))];
if (chosen.Count < args.Length)
{
    Console.Error.WriteLine($"dotnet run -c Release --project tests/MrAgreement.Benchmarks [-- {string.Join(" | ", all.Select(b => b.Name))}]");
    return 1;
}
var measured = new List<Measure>();
foreach (var benchmark in chosen)
{
    Console.Error.WriteLine($"{benchmark.Name} (at most {benchmark.Bound.TotalSeconds:0} s) …");
    using var bound = new CancellationTokenSource(benchmark.Bound);
    try
    {
        measured.AddRange(await benchmark.Run(bound.Token));
    }
    catch (OperationCanceledException) when (bound.IsCancellationRequested)
    {
        measured.Add(Measure.OutOfTime(benchmark));
    }
}
Table.Write(Console.Out, measured);
return 0;
