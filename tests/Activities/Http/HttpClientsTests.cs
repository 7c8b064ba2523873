using Microsoft.Extensions.Time.Testing;
using Orchestrator.Activities.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Http;

/// <summary>Clients for servers whose authorities are rotated.</summary>
public sealed class HttpClientsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Clients_OfTheSameAuthorities_AreOne()
    {
        using HttpClients clients = new(_time);

        Assert.Same(clients.Of(null), clients.Of(null));
        Assert.Equal(1, clients.Count);
    }

    [Fact]
    public async Task Clients_AfterManyRotations_AreTheOnesInUse()
    {
        using HttpClients clients = new(_time);
        HttpClient first = clients.Of(Authority());
        for (int rotation = 0; rotation < 5; rotation++)
        {
            _time.Advance(HttpClients.KeptFor + TimeSpan.FromSeconds(1));
            clients.Of(Authority());
        }

        Assert.Equal(1, clients.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.GetAsync(new Uri("http://127.0.0.1:9/")));
    }

    [Fact]
    public void Clients_ThatAreAskedForAgainAndAgain_StayTheSame()
    {
        using HttpClients clients = new(_time);
        HttpClient first = clients.Of(null);
        for (int call = 0; call < 10; call++)
        {
            _time.Advance(HttpClients.KeptFor / 2);
            Assert.Same(first, clients.Of(null));
        }
    }

    private static string Authority()
    {
        using TestAuthority authority = TestAuthority.NewRoot("lab");
        return authority.Pem;
    }
}
