using B24Otmechalka.Sandbox.Otmechalka;

namespace B24Otmechalka.Sandbox.Data;

/// <summary>otmechalka's own lists in the sandbox: the IDs the spec leaves open are made up here.</summary>
internal static class SampleLists
{
    public static void AddTo(OtmechalkaOptions options)
    {
        options.Courses = new Dictionary<string, string>
        {
            ["10985"] = "Он-лайн Групповое",
            ["10986"] = "Он-лайн индивидуальные",
            ["10987"] = "Групповые занятия",
            ["10988"] = "Индивидуальные занятия",
        };
        options.BranchOffices = new Dictionary<string, string>
        {
            ["2633"] = "+Он-лайн `МСК",
            ["2634"] = "+ ЦДШ `МСК",
            ["2635"] = "+ СКОЛКОВО `МСК *",
        };
        options.TicketTypes = new Dictionary<string, string>
        {
            ["6 КМС индивидуальные 45 мин"] = "Индивидуальные занятия",
            ["4 занятия индивидуальные 45 мин"] = "Индивидуальные занятия",
            ["8 занятий групповые 60 мин"] = "Групповые занятия",
        };
    }
}
