using Xunit;

namespace Orchestrator.Lab.Servers;

/// <summary>A test on real servers; skipped by name where the lab's programs are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabFactAttribute : FactAttribute
{
    /// <summary>Marks the test, and skips it where there is no lab.</summary>
    public LabFactAttribute()
    {
        if (LabTools.Folder is null)
        {
            Skip = LabTools.MissingReason;
        }
    }
}
