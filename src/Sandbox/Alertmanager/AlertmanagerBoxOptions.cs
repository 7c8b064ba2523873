namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>Where an Alertmanager in the box listens, and by which clock it lives.</summary>
public sealed class AlertmanagerBoxOptions
{
    /// <summary>The port on 127.0.0.1. Default: 0, a free one.</summary>
    public int Port { get; set; }

    /// <summary>The clock. Default: the wall clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
