using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Service;

/// <summary>What the service tells of itself, to anybody.</summary>
public class ServiceTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task The_api_tells_its_name_version_and_documentation()
    {
        var info = (await host.Nobody.Get("api-info")).Is(200);
        info.Has("apiName:string apiVersion:string apiReleased:string apiDocumentation:string apiStatus:string");
        Assert.Matches(@"^\d+\.\d+\.\d+$", info.Text("apiVersion"));
        Assert.Equal("active", info.Text("apiStatus"));
        (await host.Nobody.Get(info.Text("apiDocumentation")!)).Is(200);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task The_host_is_live_and_ready(string what) => Assert.Equal(what, (await host.Nobody.Get($"/health/{what}")).Is(200).Text("status"));
}
