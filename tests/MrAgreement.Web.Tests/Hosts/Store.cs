namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Where a host keeps its data.</summary>
public enum Store
{
    /// <summary>SQLite and files.</summary>
    Folder,

    /// <summary>Tables and blobs.</summary>
    Account
}

static class StoreChoice
{
    /// <summary>The <c>--storage</c> of a host that shares its data with nobody; null for none.</summary>
    public static string? For(this Azurite azurite, Store store) => store == Store.Account ? azurite.FreshAccount() : null;
}
