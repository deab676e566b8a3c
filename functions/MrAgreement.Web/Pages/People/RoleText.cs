using MrAgreement.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.People;

/// <summary>What somebody does for a party, in words.</summary>
static class RoleText
{
    public static string Of(Language language, Membership it)
    {
        var role = it.Party.Length > 0 ? $"{language.Word(it.Role)}, {it.Party}" : language.Word(it.Role);
        return it.To is { } to ? language.Say("people.role-between", ("role", role), ("from", it.From), ("date", to))
            : language.Say("people.role-from", ("role", role), ("date", it.From));
    }
}
