using Microsoft.AspNetCore.Http;
using MrAgreement.Formats.Organisations;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Web.Organisations;

/// <summary>Takes a file of organisations in, for API and page alike.</summary>
static class OrganisationImport
{
    public static async Task<(ImportedOrganisations? Done, Refused? Refused)> Of(IFormFile file, Actor by,
        KeptOrganisations register, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await using (var content = file.OpenReadStream())
            await content.CopyToAsync(bytes, cancellation);
        var (rows, faults) = OrganisationTable.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return faults.Count > 0 ? (null, Refused.Invalid(faults)) : await register.Import(by, rows, cancellation);
    }
}
