using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Docs;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>The settings that the reader asks for when only the package's mapping is there: nothing ends the reading early.</summary>
internal static class AskedSettings
{
    /// <summary>Their paths in the configuration, such as <c>Sync:LookBack</c>.</summary>
    public static IReadOnlySet<string> Names { get; } = Record();

    private static HashSet<string> Record()
    {
        var recorder = new Recorder();
        var configuration = new ConfigurationBuilder().AddJsonFile(Documents.At("mapping.json")).Add(recorder).Build();
        Assert.Throws<ConfigurationException>(() => SettingsReader.Read(configuration));
        return recorder.Keys;
    }

    /// <summary>A source without values that remembers what it was asked for.</summary>
    private sealed class Recorder : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            value = null;
            return false;
        }
    }
}
