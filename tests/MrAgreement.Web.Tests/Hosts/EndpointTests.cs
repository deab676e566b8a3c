using System.CodeDom.Compiler;
using System.Reflection;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>What a start of the host must not spend its time on: a serverless host starts often.</summary>
public class EndpointTests(SharedHost shared)
{
    [Fact]
    public void Every_handler_is_generated_at_build()
    {
        var handlers = shared.Host.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Namespace?.StartsWith("MrAgreement", StringComparison.Ordinal) == true).ToList();

        Assert.True(handlers.Count > 150, $"{handlers.Count} handlers");
        Assert.Empty(handlers.Where(endpoint => endpoint.Metadata.GetMetadata<GeneratedCodeAttribute>() is null).Select(endpoint => endpoint.DisplayName));
    }

    [Fact]
    public void Endpoints_are_made_once_for_all_who_ask()
    {
        var routed = shared.Host.Routed;

        Assert.NotEmpty(routed);
        Assert.Equal(routed, shared.Host.Endpoints);
    }
}
