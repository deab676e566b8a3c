using System.Text;

namespace MrAgreement.Web.SignIn;

/// <summary>Who is let in to what a host keeps: the demo's made-up people or real ones. Its first start decides, for ever.</summary>
public static class WhoIsLetIn
{
    const string Setting = "people";
    const string MadeUp = "made up";
    const string Real = "real";

    // Kept for people before it was kept who they are.
    const string People = "people";

    /// <summary>Lets in whom what is kept was begun for.</summary>
    /// <exception cref="SignInRefusedException">It was begun for the others.</exception>
    public static async Task Keep(IKeptRecords kept, bool demo, IClock machine)
    {
        var (now, asked) = (machine.GetCurrentInstant(), demo ? MadeUp : Real);
        var begun = await Find(kept, now);
        if (begun is null && demo && (await kept.Range(People, "", now)).Count > 0)
            begun = Real;
        if (begun is null && await kept.Put(new(KeptSettings.Kind, Setting, Encoding.UTF8.GetBytes(asked), KeptRecord.New), now) is null)
            begun = await Find(kept, now);
        if (begun is not null && begun != asked)
            throw new SignInRefusedException(demo
                ? "What is kept there belongs to real people: the made-up ones of the demo are never let in to it. Start the demo on data of its own."
                : "What is kept there was begun as a demo: its made-up people's doings are never mixed with real ones. Start on data of your own.");
    }

    static async Task<string?> Find(IKeptRecords kept, Instant now) =>
        await kept.Find(KeptSettings.Kind, Setting, now) is { } record
            && Encoding.UTF8.GetString(record.Data.Span) is (MadeUp or Real) and var begun ? begun : null;
}
