using static B24Otmechalka.Core.Otmechalka.Conformance.Conformity;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>
/// Every way not to keep the contract that a run can tell apart, and how bad each is. The measure is what the product does then: an answer
/// that it takes for the whole system's failure ends a run, one that it believes writes «Успешно».
/// </summary>
public static class Deviations
{
    // Data are wrong or open, and nobody is told.

    /// <summary>A repeated create made a second record.</summary>
    public static readonly Deviation Doubled = new("doubled", Critical);

    /// <summary>Creates at the same moment made several records.</summary>
    public static readonly Deviation DoubledAtOnce = new("doubledAtOnce", Critical);

    /// <summary>What was created is not found by its external ID.</summary>
    public static readonly Deviation NotFound = new("notFound", Critical);

    /// <summary>The answer is about another record.</summary>
    public static readonly Deviation OtherRecord = new("otherRecord", Critical);

    /// <summary>An update made another record, or the record's own ID has changed.</summary>
    public static readonly Deviation IdChanged = new("idChanged", Critical);

    /// <summary>The key does not matter.</summary>
    public static readonly Deviation KeyIgnored = new("keyIgnored", Critical);

    /// <summary>Values come back otherwise than they were sent.</summary>
    public static readonly Deviation ValueChanged = new("valueChanged", Critical);

    // Records do not go over, or whole runs end.

    /// <summary>No such API at this address.</summary>
    public static readonly Deviation NotTheApi = new("notTheApi", Serious);

    /// <summary>The address leads elsewhere.</summary>
    public static readonly Deviation Redirect = new("redirect", Serious);

    /// <summary>The address works only without its slash.</summary>
    public static readonly Deviation NoSlash = new("noSlash", Serious);

    /// <summary>The key is refused.</summary>
    public static readonly Deviation KeyRefused = new("keyRefused", Serious);

    /// <summary>The key may search and not write.</summary>
    public static readonly Deviation NoRights = new("noRights", Serious);

    /// <summary>A wrong key gets an answer that reads as a record's own fault.</summary>
    public static readonly Deviation KeyAsRecord = new("keyAsRecord", Serious);

    /// <summary>Nobody is found, and the answer is a success.</summary>
    public static readonly Deviation AbsentIsSuccess = new("absentIsSuccess", Serious);

    /// <summary>Nobody is found, and the answer is a refusal.</summary>
    public static readonly Deviation AbsentIsRefused = new("absentIsRefused", Serious);

    /// <summary>A success without the object.</summary>
    public static readonly Deviation NoObject = new("noObject", Serious);

    /// <summary>A success that is a page or a text.</summary>
    public static readonly Deviation SuccessIsPage = new("successIsPage", Serious);

    /// <summary>A success with another status than 200 and 201.</summary>
    public static readonly Deviation OtherSuccess = new("otherSuccess", Serious);

    /// <summary>A record that is in order is refused.</summary>
    public static readonly Deviation GoodRefused = new("goodRefused", Serious);

    /// <summary>A record that is in order ends in a server's error.</summary>
    public static readonly Deviation GoodFails = new("goodFails", Serious);

    /// <summary>The address is not there for this call.</summary>
    public static readonly Deviation NoSuchAddress = new("noSuchAddress", Serious);

    /// <summary>This very request gets no answer, again and again, while others do.</summary>
    public static readonly Deviation NoAnswer = new("noAnswer", Serious);

    /// <summary>An update is taken and changes nothing.</summary>
    public static readonly Deviation UpdateIgnored = new("updateIgnored", Serious);

    /// <summary>A record that is in error gets a success without the object, such as an object of errors.</summary>
    public static readonly Deviation ErrorIsSuccess = new("errorIsSuccess", Serious);

    /// <summary>A record that is in error ends in a server's error.</summary>
    public static readonly Deviation ErrorIs500 = new("errorIs500", Serious);

    /// <summary>A record that is in error gets 404.</summary>
    public static readonly Deviation ErrorIs404 = new("errorIs404", Serious);

    /// <summary>A record that is in error gets an answer about the key.</summary>
    public static readonly Deviation ErrorIsKey = new("errorIsKey", Serious);

    /// <summary>A record that is in error gets an answer that says: unavailable.</summary>
    public static readonly Deviation ErrorIsOutage = new("errorIsOutage", Serious);

    /// <summary>A course, branch office, ticket type or client that does not exist is taken.</summary>
    public static readonly Deviation UnknownTaken = new("unknownTaken", Serious);

    /// <summary>Some requests got no answer at the first try.</summary>
    public static readonly Deviation AnswersLost = new("answersLost", Serious);

    // Broken, and nobody is much the worse.

    /// <summary>A refusal without a word that a person can read.</summary>
    public static readonly Deviation ErrorSilent = new("errorSilent", Minor);

    /// <summary>An optional value that is not sent any more stays.</summary>
    public static readonly Deviation OldValueStays = new("oldValueStays", Minor);

    // The product gets on with it.

    /// <summary>A refusal that is a page or plain text.</summary>
    public static readonly Deviation ErrorIsPage = new("errorIsPage", Differs);

    /// <summary>A refusal that names the field in another form.</summary>
    public static readonly Deviation ErrorOtherForm = new("errorOtherForm", Differs);

    /// <summary>A refusal that does not name the field.</summary>
    public static readonly Deviation ErrorUnnamed = new("errorUnnamed", Differs);

    /// <summary>A refusal with another status than agreed on.</summary>
    public static readonly Deviation ErrorOtherStatus = new("errorOtherStatus", Differs);

    /// <summary>A record without a required field is taken.</summary>
    public static readonly Deviation IncompleteTaken = new("incompleteTaken", Differs);

    /// <summary>A record with a malformed field, or a body of another kind, is taken.</summary>
    public static readonly Deviation MalformedTaken = new("malformedTaken", Differs);

    /// <summary>Too large a body ends the connection, or in a server's error.</summary>
    public static readonly Deviation BigFails = new("bigFails", Differs);

    /// <summary>A repeated create is refused otherwise than by 409.</summary>
    public static readonly Deviation RepeatOtherwise = new("repeatOtherwise", Differs);

    /// <summary>What was created is found only after a while.</summary>
    public static readonly Deviation FoundLate = new("foundLate", Differs);

    /// <summary>An answer does not show all that the record holds.</summary>
    public static readonly Deviation NotShown = new("notShown", Differs);

    /// <summary>A wrong key ends in a redirect or an outage.</summary>
    public static readonly Deviation KeyOtherwise = new("keyOtherwise", Differs);

    /// <summary>404 with a page instead of JSON.</summary>
    public static readonly Deviation AbsentIsPage = new("absentIsPage", Differs);

    /// <summary>An update of nobody makes somebody.</summary>
    public static readonly Deviation UpdateCreates = new("updateCreates", Differs);

    /// <summary>An emoji is refused, by name.</summary>
    public static readonly Deviation TextRefused = new("textRefused", Differs);

    /// <summary>JSON that says it is something else.</summary>
    public static readonly Deviation TypeOtherwise = new("typeOtherwise", Differs);

    /// <summary>Messages in another language.</summary>
    public static readonly Deviation NotRussian = new("notRussian", Differs);

    /// <summary>The key stands in an answer.</summary>
    public static readonly Deviation KeyEchoed = new("keyEchoed", Differs);

    /// <summary>Slow answers.</summary>
    public static readonly Deviation Slow = new("slow", Differs);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. typeof(Deviations)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<Deviation>(),
    ];
}
