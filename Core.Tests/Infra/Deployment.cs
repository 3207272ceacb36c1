using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>What an example would deploy, as its snapshot has it; <see cref="BicepFilesTests"/> keeps the snapshots true.</summary>
internal sealed class Deployment
{
    private readonly JsonObject[] resources;

    private Deployment(string example)
    {
        Text = Repository.Read("infra", "examples", $"{example}.snapshot.json");
        resources = [.. JsonNode.Parse(Text)!["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())];
    }

    public static Deployment Production { get; } = new("production");

    public static Deployment Test { get; } = new("test");

    /// <summary>The whole snapshot.</summary>
    public string Text { get; }

    public IReadOnlyList<JsonObject> All => resources;

    public IReadOnlyList<JsonObject> OfType(string type) => [.. resources.Where(resource => resource["type"]!.GetValue<string>() == type)];

    public JsonNode The(string type) => OfType(type).Single()["properties"]!;

    /// <summary>The app's settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        The("Microsoft.Web/sites")["siteConfig"]!["appSettings"]!
            .AsArray()
            .ToDictionary(setting => setting!["name"]!.GetValue<string>(), setting => setting!["value"]!.GetValue<string>());
}
