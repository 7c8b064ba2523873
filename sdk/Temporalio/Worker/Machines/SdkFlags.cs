using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Client;

namespace Temporalio.Worker.Machines;

/// <summary>
/// Which ways of the engine a run depends on. They are written with the first task that is answered, and replay obeys what the history
/// says.
/// </summary>
/// <param name="canWrite">Whether the server keeps them.</param>
internal sealed class SdkFlags(bool canWrite)
{
    // The .NET event loop of today; its number is the official .NET SDK's, so the name of the SDK must be too.
    private const uint ModernEventLoop = 2;
    private static readonly uint[] AllCore = [.. Enum.GetValues<SdkFlag>().Select(flag => (uint)flag)];

    private readonly HashSet<uint> _core = [];
    private readonly HashSet<uint> _language = [];
    private string _lastName = string.Empty;
    private string _lastVersion = string.Empty;

    /// <summary>Takes over what the history says of a task.</summary>
    public void Add(WorkflowTaskCompletedEventAttributes completed)
    {
        if (completed.SdkMetadata is not { } metadata)
        {
            return;
        }

        _core.UnionWith(metadata.CoreUsedFlags);
        _language.UnionWith(metadata.LangUsedFlags);
        _lastName = metadata.SdkName.Length > 0 ? metadata.SdkName : _lastName;
        _lastVersion = metadata.SdkVersion.Length > 0 ? metadata.SdkVersion : _lastVersion;
    }

    /// <summary>Whether the run may work in that way.</summary>
    /// <param name="flag">The way.</param>
    /// <param name="isNew">Whether this is new work rather than replay.</param>
    public bool CanUse(SdkFlag flag, bool isNew) => isNew ? canWrite : _core.Contains((uint)flag);

    /// <summary>What to write with the answer to a task: what the history does not say yet.</summary>
    public WorkflowTaskCompletedMetadata ForAnswer()
    {
        WorkflowTaskCompletedMetadata metadata = new();
        if (!canWrite)
        {
            return metadata;
        }

        foreach (uint flag in AllCore)
        {
            if (_core.Add(flag))
            {
                metadata.CoreUsedFlags.Add(flag);
            }
        }

        if (_language.Add(ModernEventLoop))
        {
            metadata.LangUsedFlags.Add(ModernEventLoop);
        }

        // The history keeps the last name and version that was written.
        metadata.SdkName = _lastName == SdkIdentity.Name ? string.Empty : SdkIdentity.Name;
        metadata.SdkVersion = _lastVersion == SdkIdentity.Version ? string.Empty : SdkIdentity.Version;
        _lastName = SdkIdentity.Name;
        _lastVersion = SdkIdentity.Version;
        return metadata;
    }
}
