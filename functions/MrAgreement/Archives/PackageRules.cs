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
        Rights.May(by, Right.MakeArchivePackage, it.Agreement.Terms.Parties) && Against(it, package.Made.Party, by) is null;

    /// <summary>Somebody of the party who reads all that the party may: through those eyes its package is made.</summary>
    public static Actor ReaderOf(Party party) => new(PersonId.System, party.Key, party.Role switch
    {
        PartyRole.Grantor => Role.Officer,
        PartyRole.Payer => Role.Payer,
        _ => Role.ProjectLead
    });
}
