using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Drafts;

/// <summary>What can be made of unfinished terms: the faults of what can be read, and an agreement to show dates of.</summary>
/// <param name="Faults">By the rules of terms, each at its place in the document.</param>
/// <param name="Doubts">What may be a slip.</param>
/// <param name="Preview">With as many obligations as can have dates; null when there are none.</param>
public sealed record DraftReading(IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Doubts, Dossier? Preview)
{
    public static DraftReading Of(Guid id, JsonObject terms, LocalDate today)
    {
        var read = Lenient.Read(terms, today);
        var found = TermsCheck.Faults(read.Terms);
        return new([.. found.Select(read.InPlace), .. DraftDoubts.Unfilled(terms)],
            [.. DraftDoubts.Of(read.Terms, today).Select(read.InPlace)], Shown(new(id), read.Terms, found, today));
    }

    // Mended until it can stand, by leaving out what is at fault: each round leaves out something, so it comes to an end.
    static Dossier? Shown(AgreementId id, Terms terms, IReadOnlyList<Fault> found, LocalDate today)
    {
        // Who owes it is not drawn.
        if (terms.Parties.Count == 0)
            terms = terms with { Parties = [new("X", "–", PartyRole.Recipient)] };
        var most = 3 * terms.Obligations.Count + 10;
        for (var round = 0; found.Count > 0; round++)
        {
            if (round == most || terms.Obligations.Count == 0)
                return null;
            terms = Mended(terms, found, today);
            found = [.. TermsCheck.Faults(terms).Where(IsInTheWay)];
        }
        return new Dossier(id).Evolve(new AgreementCreated(terms), new(1, Instant.MinValue, default));
    }

    // Nothing is counted from who the parties are, or what it is called.
    static bool IsInTheWay(Fault fault) => fault.Pointer.StartsWith("/obligations", StringComparison.Ordinal)
        || fault.Pointer.StartsWith("/period", StringComparison.Ordinal) || fault.Pointer.StartsWith("/grant", StringComparison.Ordinal);

    static Terms Mended(Terms terms, IReadOnlyList<Fault> faults, LocalDate today)
    {
        if (faults.Any(fault => fault.Pointer.StartsWith("/period", StringComparison.Ordinal)))
            terms = terms with { Period = new(new(today.Year, 1, 1), new(today.Year, 12, 31)) };
        if (faults.Any(fault => fault.Pointer.StartsWith("/grant", StringComparison.Ordinal)))
            terms = terms with { Grant = null };
        if (faults.Any(fault => fault.Pointer == "/obligations"))
            return terms with { Obligations = [.. terms.Obligations.Take(Math.Min(100, terms.Obligations.Count / 2))] };
        var obligations = terms.Obligations.Select((it, i) => (It: (ObligationTerms?)it, At: $"/obligations/{i}")).ToList();
        foreach (var fault in faults)
            for (var i = 0; i < obligations.Count; i++)
                if (obligations[i] is { It: { } it, At: var at } && $"{fault.Pointer}/".StartsWith($"{at}/", StringComparison.Ordinal))
                    obligations[i] = (Mended(it, fault, fault.Pointer[at.Length..], terms), at);
        return terms with { Obligations = [.. obligations.Select(it => it.It).OfType<ObligationTerms>()] };
    }

    static ObligationTerms? Mended(ObligationTerms it, Fault fault, string field, Terms terms) => field switch
    {
        "/key" => null,
        _ when fault.Rule == "circle" => it with { Due = new(None: true), Rests = null },
        _ when field.StartsWith("/due", StringComparison.Ordinal) =>
            it.Due is { None: true } ? it with { Kind = ObligationKind.Deliverable } : it with { Due = new(None: true) },
        "/rests" => it with { Rests = null },
        // What it is apart from its date is not drawn.
        _ => new(it.Key, it.Title.Length is > 0 and <= 300 ? it.Title : "–", [.. terms.Parties.Take(1).Select(party => party.Key)],
            it.Kind == ObligationKind.Continuous ? it.Kind : ObligationKind.Deliverable, it.Due, Rests: it.Rests)
    };
}
