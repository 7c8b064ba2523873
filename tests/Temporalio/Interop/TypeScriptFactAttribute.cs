namespace Temporalio.Tests.Interop;

/// <summary>A test with the official TypeScript SDK on real servers; skipped by name where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TypeScriptFactAttribute : FactAttribute
{
    /// <summary>Marks the test, and skips it where it cannot run.</summary>
    public TypeScriptFactAttribute() => Skip = TypeScriptSdk.MissingReason;
}
