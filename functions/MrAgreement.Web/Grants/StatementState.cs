using MrAgreement.Grants;

namespace MrAgreement.Web.Grants;

/// <summary>How far a statement has come.</summary>
static class StatementState
{
    /// <summary><c>prepared</c>, <c>attested</c>, <c>submitted</c>, <c>withdrawn</c> or <c>sent-back</c>.</summary>
    public static string Of(Statement it) => it switch
    {
        { Submitted: not null } => "submitted",
        { AttestedBy: not null } => "attested",
        { Undone: { } undone } => UndoneView.Status(undone),
        _ => "prepared"
    };
}
