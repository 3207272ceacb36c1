using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>The client body of docs/spec.md, section 4.2, checked. Groups follow from branches and courses; they are never sent.</summary>
internal sealed record ClientBody(string? OriginId, IReadOnlyList<string> Groups)
{
    public static ClientBody Check(JsonObject body, Problems problems, OtmechalkaOptions options)
    {
        var reader = new BodyReader(body, problems, options);
        var originId = reader.Text("origin_id", mostCharacters: BodyReader.IdLength);
        reader.Text("last_name");
        reader.Text("first_name");
        reader.Phone("phone");
        reader.Email("email");
        var courses = reader.References("courses", options.Courses);
        var branches = reader.References("branchoffices", options.BranchOffices);
        reader.Date("birthdate", required: false);
        reader.Choice("gender", "M", "F");
        reader.Text("additional_data", required: false, mostCharacters: BodyReader.LongLength);
        reader.RefuseTheRest();
        return new ClientBody(
            originId,
            [
                .. branches.SelectMany(branch =>
                    courses.Select(course => string.Intern($"{Name(options.BranchOffices, branch)}: {Name(options.Courses, course)}"))
                ),
            ]
        );
    }

    private static string Name(IReadOnlyDictionary<string, string> names, string id) => names.GetValueOrDefault(id, id);
}
