using MrAgreement.Web.Tests.Pages;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BrowserFirst))]

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What takes longest begins first: the tests with the browser, one after another, beside all the others.</summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(it => it.TestCollectionDisplayName == nameof(Browser)).ThenBy(it => it.TestCollectionDisplayName, StringComparer.Ordinal)];
}
