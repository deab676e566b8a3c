using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Benchmarks;

/// <summary>People and agreements to measure with.</summary>
static class Trial
{
    public static readonly Instant Signed = StockholmTime.Noon(new(2014, 6, 13));

    static readonly DemoPeople people = new();

    /// <summary>The terms of 2014, with a diary number of its own.</summary>
    public static Terms Terms2014(int number)
    {
        using var stream = typeof(LocalHost).Assembly.GetManifestResourceStream("Terms/mr-2014.json")!;
        return JsonSerializer.Deserialize<Terms>(stream, Json.Options)! with { DiaryNumber = DiaryNumber.Parse($"A2014/{10_000 + number}/DISK") };
    }

    public static Actor Actor(Role role) => people.All.First(p => p.Role == role).Actor;

    public static async Task<Dossier> Do(this Dossiers dossiers, AgreementId id, Role role, Command command, Instant now, CancellationToken bound)
    {
        var done = await dossiers.Execute(id, command, new(Actor(role), now), cancellation: bound);
        return done.Refused is { } refused ? throw new InvalidOperationException($"{command} was refused: {refused.Slug}.") : done.Dossier;
    }

    public static Task<Dossier> Sign(this Dossiers dossiers, AgreementId id, CancellationToken bound) =>
        dossiers.Do(id, Role.Officer, new SignAgreement(new(2014, 6, 13), [new("Erik Ek", "RK"), new("Lena Lind", "SKR")]), Signed, bound);
}
