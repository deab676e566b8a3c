using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Archives;

/// <summary>Who has a package made for which archive, and who may know of it.</summary>
public static class PackageRules
{
    public static Decision Decide(Dossier it, RecordArchivePackage command, Occasion on) =>
        Against(it, command.Made.Party, on.By) is { } refused ? refused
        : it.Packages[command.Made.Package] is not null ? new Nothing()
        : command.Made;

    /// <summary>What stands against a package for a party's archive, or null:
    /// people have their own party's made, administrators any party's.</summary>
    public static Refused? Against(Dossier it, string party, Actor by) =>
        it.Agreement.Party(party) is null ? Refused.Invalid(new Fault("/party", "unknown-party", ("key", party)))
        : by.Party != party && !by.SeesEveryAgreement ? new("not-own-archive", RefusalKind.Forbidden, ("party", by.Party))
        : null;

    /// <summary>Whether the person may know of a party's packages and open them.</summary>
    public static bool Sees(Dossier it, Actor by, MadePackage package) =>
        Rights.May(by, Right.FetchArchivePackage, it.Agreement.Terms.Parties) && Against(it, package.Made.Party, by) is null;

    /// <summary>Whether the person may open a package: its party's people may, and an administrator or an auditor as long as nothing is
    /// in it that the party keeps to itself from them too.</summary>
    public static bool Opens(Dossier it, Actor by, MadePackage package) => Sees(it, by, package)
        && (by.Party == package.Made.Party && by.Role is not (Role.Admin or Role.Auditor) || !HoldsOwn(it, package));

    // What was written since is not in it; at the same moment it may be.
    static bool HoldsOwn(Dossier it, MadePackage package) => it.Agreement.InOrder.Any(o =>
        o.Notes.Any(n => n.Party == package.Made.Party && n.At <= package.At)
            || o.MinistryComments.Any(c => c.Party == package.Made.Party && c.At <= package.At));

    /// <summary>Somebody of the party who reads all that the party may: through those eyes its package is made.</summary>
    public static Actor ReaderOf(Party party) => new(PersonId.System, party.Key, party.Role switch
    {
        PartyRole.Grantor => Role.Officer,
        PartyRole.Payer => Role.Payer,
        _ => Role.ProjectLead
    });
}
