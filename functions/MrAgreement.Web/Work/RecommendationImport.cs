using Microsoft.AspNetCore.Http;
using MrAgreement.Formats.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Reads a file of recommendations, for API and page alike.</summary>
static class RecommendationImport
{
    public const int MaxBytes = RecommendationTable.MaxBytes;

    public static async Task<(IReadOnlyList<RecommendationRow> Rows, Sha256 Hash, Refused? Refused)> Read(IFormFile file,
        CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await using (var content = file.OpenReadStream())
            await content.CopyToAsync(bytes, cancellation);
        var read = bytes.ToArray();
        var (rows, faults) = RecommendationTable.Read(read);
        return (rows, Sha256.Of(read), faults.Count > 0 ? Refused.Invalid(faults) : null);
    }
}
