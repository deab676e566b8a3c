namespace MrAgreement.Documents;

/// <summary>Kinds of document that rules know of; all others are the parties' own words.</summary>
public static class DocumentKind
{
    /// <summary>An auditor's certificate of what was spent (revisorsintyg).</summary>
    public const string AuditCertificate = "audit-certificate";

    /// <summary>The agreement as it was signed.</summary>
    public const string SignedAgreement = "signed-agreement";

    /// <summary>An amendment as it was decided (tilläggsöverenskommelse).</summary>
    public const string Amendment = "amendment";

    /// <summary>A copy from which what is secret has been taken out.</summary>
    public const string MaskedCopy = "masked-copy";
}
