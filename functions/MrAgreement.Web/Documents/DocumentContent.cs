using Microsoft.AspNetCore.Http;
using MrAgreement.Documents;
using MrAgreement.People;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Documents;

/// <summary>The bytes of a document, to whoever may read it.</summary>
static class DocumentContent
{
    /// <summary>Who reads a confidential one is told in the log of security events.</summary>
    public static IResult Of(IDocumentStore store, Document it, RegisteredVersion version)
    {
        if (it.IsErased)
            return Problem.Result(StatusCodes.Status410Gone, new("document-erased", ("number", it.Number)));
        var content = Attachment.Of(store, version.File);
        return new Scanned(it.Confidential ? content.Telling(SecurityEvent.ConfidentialRead) : content, version.File);
    }
}
