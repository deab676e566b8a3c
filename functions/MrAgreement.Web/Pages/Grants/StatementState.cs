using MrAgreement.Grants;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>How far a statement has come.</summary>
static class StatementState
{
    /// <summary><c>prepared</c>, <c>attested</c> or <c>submitted</c>.</summary>
    public static string Of(Statement it) => it switch
    {
        { Submitted: not null } => "submitted",
        { AttestedBy: not null } => "attested",
        _ => "prepared"
    };
}
