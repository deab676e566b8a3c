using System.Text.Json;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>The steps that the walk of the 2014 agreement takes, each as the person who takes it, over HTTP.</summary>
/// <param name="by">Who has a role.</param>
sealed class Walk2014(Func<string, Caller> by, string agreement)
{
    static readonly int[] both = [1, 2];

    public Caller Lead => by("project-lead");
    public Caller Finance => by("finance");
    public Caller Approver => by("approver");
    public Caller Officer => by("officer");
    public Caller Payer => by("payer");
    public Caller Reader => by("reader");
    public Caller Admin => by("admin");

    /// <summary>What all moves of the clock have said that they sent.</summary>
    public int RemindersSent { get; private set; }

    public string Path => agreement;

    public static async Task<Walk2014> Begin(RunningHost host) => new(host.As, await Posted.Draft(host, Posted.Terms2014()));

    /// <summary>Moves the clock to a date (12:00 in Stockholm) or an instant. Answers how many obligations became overdue.</summary>
    public async Task<int> Until(string now)
    {
        var moved = (await Lead.Post("simulation/clock", new { now })).Is(200);
        RemindersSent += (int)moved.Number("remindersSent");
        return (int)moved.Number("becameOverdue");
    }

    public async Task<JsonElement> Show(string? asOf = null) => (await Lead.Get(asOf is null ? agreement : $"{agreement}?asOf={asOf}")).Is(200);

    public async Task<JsonElement> Obligation(string key, string? asOf = null) =>
        (await Lead.Get($"{agreement}/obligations/{key}{(asOf is null ? "" : $"?asOf={asOf}")}")).Is(200);

    public Task<WireAnswer> Post(Caller by, string path, object? body = null) => by.Post($"{agreement}/{path}", body);

    public Task<JsonElement> Submit(Caller by, string obligation, string summary, string kind) => Posted.Submission(by, agreement, obligation, summary, kind);

    public async Task Accept(string obligation, int number) => (await Post(Officer, $"obligations/{obligation}/submissions/{number}/acceptance", new { })).Is(200);

    public async Task Return(string obligation, int number, string completeBy) =>
        (await Post(Officer, $"obligations/{obligation}/submissions/{number}/return", new { reason = "Komplettera.", completeBy })).Is(200);

    public async Task Together(string obligation, string doneOn)
    {
        (await Post(Officer, $"obligations/{obligation}/completion", new { doneOn, note = "Genomfört." })).Is(200);
        (await Post(Lead, $"obligations/{obligation}/confirmation")).Is(200);
    }

    /// <summary>A file of recommendations, told of and received, and a finding that rests on one of them.</summary>
    public async Task Informed(string on)
    {
        const string file = "body;occasion;year;document;paragraph;concerns;text-en\nCERD;Granskning;2013;CERD/C/SWE/CO/19-21;12;municipalities;Strengthen it\nCRC;Granskning;2015;CRC/C/SWE/CO/5;14;regions;Ensure it\n";
        foreach (var taken in new[] { 2m, 0m })
            Assert.Equal(taken, (await Officer.Post($"{agreement}/recommendations/imports", Posted.Form(System.Text.Encoding.UTF8.GetBytes(file), "rekommendationer.csv"))).Is(200).Number("taken"));
        (await Post(Officer, "recommendations/information", new { numbers = both, informedOn = on, how = "Vid samrådet" })).Is(201);
        (await Post(Lead, "recommendations/information/1/receipt")).Is(200);
        var duty = await Obligation("review-bodies-information");
        Assert.Equal((1, true), (duty.At("completions").GetArrayLength(), duty.At("completions.0.confirmed").GetBoolean()));
        (await Post(Lead, "findings", new { title = "Uppföljning saknas", text = "Få följer upp arbetet.", kind = "need", sources = new object[] { new { recommendation = 2 } } })).Is(201);
        Assert.Equal("[1]", (await Lead.Get($"{agreement}/coverage?of=recommendations&by=findings")).Is(200).At("untouched").ToString());
    }

    public async Task Requisition(int number, string instalment)
    {
        var prepared = (await Post(Finance, "grant/requisitions", Posted.Requisition(instalment, 4_000_000))).Is(201);
        Assert.Equal(number, prepared.Number("number"));
        (await Post(Approver, $"grant/requisitions/{number}/attestation")).Is(200);
        (await Post(Finance, $"grant/requisitions/{number}/dispatch")).Is(200);
    }

    /// <summary>The payment as both sides record it, the recipient a day later.</summary>
    public async Task Paid(string paidOn, string recordedOn, int requisition)
    {
        var paid = (await Post(Payer, "grant/payments", new { direction = "in", paidOn, amount = 4_000_000, reference = "A2014/2289/DISK", requisition })).Is(201);
        Assert.False(paid.Flag("confirmed"));
        var confirmed = (await Post(Finance, "grant/payments", new { direction = "in", paidOn = recordedOn, amount = 4_000_000, reference = "A2014/2289/DISK", requisition })).Is(201);
        Assert.Equal((paid.Number("number"), true), (confirmed.Number("number"), confirmed.Flag("confirmed")));
    }

    public async Task Adjust(int number, string kind, decimal amount, int year)
    {
        var prepared = (await Post(Finance, "grant/adjustments", new { kind, amount, period = new { from = $"{year}-01-01", to = $"{year}-12-31" }, reason = $"Enligt bokslutet {year}" })).Is(201);
        Assert.Equal((number, "prepared"), ((int)prepared.Number("number"), prepared.Text("status")));
        (await Post(Approver, $"grant/adjustments/{number}/attestation")).Is(200);
    }

    public async Task Balances(decimal decided, decimal conditional, decimal received, decimal used, decimal repaid, decimal remaining, string? asOf = null)
    {
        var query = asOf is null ? "" : $"?asOf={asOf}";
        var expected = (decided, conditional, received, used, repaid, remaining);
        var balances = (await Lead.Get($"{agreement}/grant{query}")).Is(200).At("balances");
        Assert.Equal(expected, Read(balances));
        Assert.Equal(expected, Read((await Lead.Get($"{agreement}{query}")).Is(200).At("grant")));
        // The contract's identity, of figures to the öre.
        Assert.Equal(received - used - repaid + balances.Number("rounding"), remaining);
    }

    public async Task<IReadOnlyList<JsonElement>> Log() => await Lead.All($"{agreement}/events?limit=100");

    static (decimal, decimal, decimal, decimal, decimal, decimal) Read(JsonElement it) =>
        (it.Number("decided"), it.Number("conditional"), it.Number("received"), it.Number("used"), it.Number("repaid"), it.Number("remaining"));
}
