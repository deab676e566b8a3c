using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using MrAgreement.Documents;

namespace MrAgreement.Web.Service;

/// <summary>The keys of cookies and forms as documents in a store of their own, which all instances of a host share.</summary>
public sealed class StoredKeys(IDocumentStore store) : IXmlRepository
{
    // Longer than any key, and short enough to be no way of filling the store.
    const int MaxBytes = 64 * 1024;

    public IReadOnlyCollection<XElement> GetAllElements() => Read().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Write(element).GetAwaiter().GetResult();

    async Task<List<XElement>> Read()
    {
        var keys = new List<XElement>();
        await foreach (var document in store.List())
            if (await store.Open(document.Address) is { } stored)
                await using (stored)
                    keys.Add(await XElement.LoadAsync(stored, LoadOptions.None, CancellationToken.None));
        return keys;
    }

    async Task Write(XElement element)
    {
        using var written = new MemoryStream();
        await element.SaveAsync(written, SaveOptions.DisableFormatting, CancellationToken.None);
        written.Position = 0;
        await store.Put(written, MaxBytes);
    }
}
