using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Storage;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly BoxTime _time = new(skips: false);
    private readonly ObjectStore _store;

    public ObjectStoreTests() => _store = new ObjectStore(_time);

    public void Dispose() => _time.Dispose();

    [Fact]
    public void List_AtARevision_IsAsItWasThen_UntilThatIsForgotten()
    {
        StoredObject first = Create("a");
        Create("b");
        long then = _store.Revision;
        _store.Remove(first, first.ToJson());
        Create("c");

        Assert.Equal(["a", "b"], Names(_store.List(ResourceType.ConfigMaps, revision: then)));
        Assert.Equal(["b", "c"], Names(_store.List(ResourceType.ConfigMaps)));
        Assert.Equal([], Names(_store.List(ResourceType.ConfigMaps, revision: first.ResourceVersion - 1)));

        _store.Compact();

        StatusException forgotten = Assert.Throws<StatusException>(() => _store.List(ResourceType.ConfigMaps, revision: then));
        Assert.Equal((410, $"too old resource version: {then} ({_store.Revision})"), (forgotten.Code, forgotten.Message));
        Assert.Equal(["b", "c"], Names(_store.List(ResourceType.ConfigMaps, revision: _store.Revision)));
    }

    [Fact]
    public async Task Watch_OfTwoResources_TellsTheirChangesInOneOrder()
    {
        Create("before");
        using StoreReader reader = _store.Watch("test", ResourceType.ConfigMaps, ResourceType.Secrets);
        StoredObject map = Create("map");
        StoredObject secret = Create("secret", ResourceType.Secrets);
        Create("pod", ResourceType.Pods);
        JsonObject changed = map.ToJson();
        changed["data"] = new JsonObject { ["a"] = "b" };
        map = _store.Replace(map, changed);
        _store.Remove(secret, secret.ToJson());

        List<string> told = [];
        while (told.Count < 4)
        {
            StoreEvent change = await reader.ReadAsync(CancellationToken.None);
            told.Add($"{change.Type} {change.Object.Name} {change.Revision - reader.List.Revision}");
        }

        Assert.Equal(["before"], Names(reader.List));
        Assert.Equal(["Added map 1", "Added secret 2", "Modified map 4", "Deleted secret 5"], told);
    }

    [Fact]
    public async Task Reader_ThatWorksOnAnEvent_HasNotReadAll_UntilItComesBack()
    {
        using StoreReader reader = _store.Watch("test", ResourceType.ConfigMaps);
        Assert.Equal(["test"], _store.Unread);

        ValueTask<StoreEvent> next = reader.ReadAsync(CancellationToken.None);
        Assert.Equal([], _store.Unread);

        Create("a");
        Assert.Equal(["test"], _store.Unread);
        await next;
        Assert.Equal(["test"], _store.Unread);

        _ = reader.ReadAsync(CancellationToken.None).AsTask();
        Assert.Equal([], _store.Unread);
    }

    [Fact]
    public void Replace_OfAStateThatIsNotTheLast_IsAConflict_AndOneThatChangesNothingIsNotWritten()
    {
        StoredObject first = Create("a");
        JsonObject changed = first.ToJson();
        changed["data"] = new JsonObject { ["a"] = "b" };
        StoredObject second = _store.Replace(first, changed);

        StatusException conflict = Assert.Throws<StatusException>(() => _store.Replace(first, changed));
        StoredObject third = _store.Replace(second, second.ToJson());

        Assert.True(conflict.IsConflict);
        Assert.Same(second, third);
        Assert.Equal(second.ResourceVersion, _store.Revision);
    }

    private static IEnumerable<string> Names(ObjectList list) => list.Objects.Select(obj => obj.Name);

    private StoredObject Create(string name, ResourceType? type = null) => _store.Create(
        type ?? ResourceType.ConfigMaps,
        new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" } });
}
