using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>
/// The state of a cluster: objects as JSON under one rising revision, with their past as far as it is remembered. It knows names, uids and
/// versions; what a change means (generation, finalizers, status) is <see cref="Api.KubernetesApi"/>'s. Safe for threads: it changes under
/// the box's one lock, and the box's clock waits until every in-process reader has read what was written.
/// </summary>
public sealed class ObjectStore
{
    /// <summary>The schemas inside CustomResourceDefinitions nest deeper than the platform's default of 64.</summary>
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    // Some minutes of a cluster of 300 brokers that is being rolled; a real server forgets after five minutes.
    private const int RememberedEvents = 20_000;

    // A watch that is this far behind is ended by a real server, and the client lists again.
    private const int SlowestReader = 10_000;

    private static readonly JsonSerializerOptions Writing = new() { MaxDepth = 512 };

    private readonly Timekeeper _keeper;
    private readonly Dictionary<GroupResource, ResourceTable> _tables = [];
    private readonly Queue<StoreEvent> _events = new();
    private long _forgotten;

    /// <summary>Makes an empty store.</summary>
    /// <param name="time">Tells the creation times.</param>
    public ObjectStore(BoxTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_keeper, Clock) = (time.Keeper, time.Clock);
        Holder = new ReadersOfStore(this);
        _keeper.Add(Holder);
    }

    /// <summary>The revision of the last change.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>The clock of the objects' times.</summary>
    public TimeProvider Clock { get; }

    /// <summary>
    /// The in-process readers that have not read every event written, or have not come back for the next; empty where all have.
    /// </summary>
    public IReadOnlyList<string> Unread => Look(() => (IReadOnlyList<string>)[.. Holder.Holders()]);

    /// <summary>What of it the box's clock waits for.</summary>
    internal IClockHolder Holder { get; }

    internal List<StoreReader> Readers { get; } = [];

    /// <summary>An object; null where it is not there.</summary>
    public StoredObject? Find(ObjectKey key) =>
        Look(() => _tables.GetValueOrDefault(key.Resource)?.Find(key.Namespace, key.Name));

    /// <summary>An object; null where it is not there.</summary>
    public StoredObject? Find(ResourceType type, string? @namespace, string name) => Find(new ObjectKey(type, @namespace, name));

    /// <summary>The objects of a resource, of one namespace or of all, now or at a revision that is remembered.</summary>
    /// <exception cref="StatusException">The revision is forgotten (410), or is yet to come (504).</exception>
    public ObjectList List(GroupResource resource, string? @namespace = null, long? revision = null) => Look(() =>
    {
        if (revision is { } at)
        {
            Refuse(at);
        }

        return new ObjectList(revision ?? Revision, _tables.GetValueOrDefault(resource)?.List(@namespace, revision) ?? []);
    });

    /// <summary>
    /// Reads as a controller does: what is there, then every change. The reader counts for <see cref="Unread"/> until it is disposed of.
    /// </summary>
    /// <param name="name">Who reads, for diagnoses.</param>
    /// <param name="resources">What is read.</param>
    public StoreReader Watch(string name, params IEnumerable<GroupResource> resources)
    {
        List<GroupResource> read = [.. resources];
        return Look(() =>
        {
            ObjectList list = new(Revision, [.. read.SelectMany(each => _tables.GetValueOrDefault(each)?.List(null, null) ?? [])]);
            StoreReader reader = new(this, name, read, list, int.MaxValue);
            Readers.Add(reader);
            return reader;
        });
    }

    /// <summary>As <see cref="Watch"/>, of every resource, those to come included.</summary>
    /// <param name="name">Who reads, for diagnoses.</param>
    public StoreReader WatchAll(string name) => Look(() =>
    {
        ObjectList list = new(Revision, [.. _tables.Values.SelectMany(each => each.List(null, null))]);
        StoreReader reader = new(this, name, null, list, int.MaxValue);
        Readers.Add(reader);
        return reader;
    });

    /// <summary>Reads as a client does: every change after a revision. One that reads far too slowly is ended.</summary>
    /// <param name="resource">What is read.</param>
    /// <param name="revision">From where on.</param>
    /// <param name="name">Who reads, for diagnoses.</param>
    /// <exception cref="StatusException">The revision is forgotten (410), or is yet to come (504).</exception>
    public StoreReader WatchFrom(GroupResource resource, long revision, string name) => Look(() =>
    {
        Refuse(revision);
        StoreReader reader = new(this, name, [resource], new ObjectList(revision, []), SlowestReader);
        foreach (StoreEvent change in _events.Where(each => each.Revision > revision))
        {
            reader.Offer(change);
        }

        Readers.Add(reader);
        return reader;
    });

    /// <summary>Writes a new object, and completes its name (where <c>generateName</c> asks for it), uid, time and version.</summary>
    /// <param name="resource">What it is.</param>
    /// <param name="obj">The object, which is completed in place.</param>
    /// <param name="isDryRun">Whether it is only looked what would come of it.</param>
    /// <exception cref="StatusException">An object of that name is there already (409).</exception>
    public StoredObject Create(GroupResource resource, JsonObject obj, bool isDryRun = false)
    {
        ArgumentNullException.ThrowIfNull(obj);
        JsonObject metadata = obj["metadata"] as JsonObject ?? throw new ArgumentException("An object has metadata.", nameof(obj));
        return Look(() =>
        {
            ObjectKey key = new(resource, obj.Namespace(), NameOf(metadata, resource, obj.Namespace()));
            if (_tables.GetValueOrDefault(resource)?.Find(key.Namespace, key.Name) is not null)
            {
                throw StatusException.AlreadyExists(key);
            }

            metadata["name"] = key.Name;
            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["creationTimestamp"] ??= Timestamp(Clock.GetUtcNow());
            return Commit(StoreEventType.Added, key, obj, null, isDryRun);
        });
    }

    /// <summary>Writes another state of an object. One that changes nothing is not written.</summary>
    /// <param name="before">The state that it was made from.</param>
    /// <param name="obj">The object, whose <c>resourceVersion</c> is set in place.</param>
    /// <param name="isDryRun">Whether it is only looked what would come of it.</param>
    /// <exception cref="StatusException">The object was changed (409) or deleted (404) in between.</exception>
    public StoredObject Replace(StoredObject before, JsonObject obj, bool isDryRun = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(obj);
        return Look(() =>
        {
            Refuse(before);
            obj["metadata"]!["resourceVersion"] = Text(before.ResourceVersion);
            using JsonDocument same = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(obj, Writing), Deep);
            return JsonElement.DeepEquals(before.Json, same.RootElement)
                ? before
                : Commit(StoreEventType.Modified, before.Key, obj, before, isDryRun);
        });
    }

    /// <summary>Takes an object out.</summary>
    /// <param name="before">The state that the decision was made on.</param>
    /// <param name="obj">Its last state, as watches tell it.</param>
    /// <param name="isDryRun">Whether it is only looked what would come of it.</param>
    /// <exception cref="StatusException">The object was changed (409) or deleted (404) in between.</exception>
    public StoredObject Remove(StoredObject before, JsonObject obj, bool isDryRun = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(obj);
        return Look(() =>
        {
            Refuse(before);
            return Commit(StoreEventType.Deleted, before.Key, obj, before, isDryRun);
        });
    }

    /// <summary>Forgets every state but the present one, as a real store is made to every five minutes.</summary>
    public void Compact() => Look(() =>
    {
        _events.Clear();
        return Forget(Revision);
    });

    /// <summary>A time as objects carry it: whole seconds.</summary>
    public static string Timestamp(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);

    internal static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    internal T Look<T>(Func<T> look) => _keeper.Change(look);

    private StoredObject Commit(StoreEventType type, ObjectKey key, JsonObject obj, StoredObject? before, bool isDryRun)
    {
        long revision = isDryRun ? before?.ResourceVersion ?? 0 : Revision + 1;
        JsonObject metadata = (JsonObject)obj["metadata"]!;
        if (revision == 0)
        {
            metadata.Remove("resourceVersion");
        }
        else
        {
            metadata["resourceVersion"] = Text(revision);
        }

        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(obj, Writing);
        StoredObject stored = new(key, revision, JsonDocument.Parse(bytes, Deep).RootElement);
        if (isDryRun)
        {
            return stored;
        }

        Revision = revision;
        _keeper.Version++;
        if (!_tables.TryGetValue(key.Resource, out ResourceTable? table))
        {
            _tables[key.Resource] = table = new ResourceTable();
        }

        if (type == StoreEventType.Deleted)
        {
            table.Remove(key, revision);
        }
        else
        {
            table.Put(stored);
        }

        Tell(new StoreEvent(type, stored, before));
        return stored;
    }

    private void Tell(StoreEvent change)
    {
        _events.Enqueue(change);
        if (_events.Count > RememberedEvents)
        {
            Forget(_events.Dequeue().Revision);
        }

        foreach (StoreReader reader in Readers)
        {
            reader.Offer(change);
        }
    }

    private bool Forget(long revision)
    {
        _forgotten = revision;
        foreach (ResourceTable table in _tables.Values)
        {
            table.Forget(revision);
        }

        return true;
    }

    private void Refuse(long revision)
    {
        if (revision < _forgotten)
        {
            throw StatusException.Expired(revision, _forgotten);
        }

        if (revision > Revision)
        {
            throw StatusException.TooLargeResourceVersion(revision, Revision);
        }
    }

    private void Refuse(StoredObject before)
    {
        StoredObject? now = _tables.GetValueOrDefault(before.Key.Resource)?.Find(before.Namespace, before.Name);
        if (now is null)
        {
            throw StatusException.NotFound(before.Key);
        }

        if (now.ResourceVersion != before.ResourceVersion)
        {
            throw StatusException.Modified(before.Key);
        }
    }

    private string NameOf(JsonObject metadata, GroupResource resource, string? @namespace)
    {
        if ((string?)metadata["name"] is { Length: > 0 } name)
        {
            return name;
        }

        string prefix = (string?)metadata["generateName"] ?? "";
        while (true)
        {
            string generated = GeneratedName.After(prefix);
            if (_tables.GetValueOrDefault(resource)?.Find(@namespace, generated) is null)
            {
                return generated;
            }
        }
    }
}
