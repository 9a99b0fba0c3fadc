using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// Runs properties on random input. The seed is printed; set the environment variable <c>PAYMENT_TESTS_SEED</c> to it to
/// see the same run again.
/// </summary>
internal static class Randomly
{
    private const string SeedVariable = "PAYMENT_TESTS_SEED";

    public static void Check<T>(ITestOutputHelper output, Arbitrary<T> input, Action<T> property, int runs = 200) =>
        Run(output, Prop.ForAll(input, property), runs);

    public static void Check<T>(ITestOutputHelper output, Arbitrary<T> input, Func<T, Task> property, int runs = 100) =>
        Run(output, Prop.ForAll(input, property), runs);

    /// <summary>Lists of up to <paramref name="longest"/> items, made shorter one item at a time when a property fails.</summary>
    public static Arbitrary<T[]> ListsOf<T>(Gen<T> item, int longest) => Arb.From(
        from length in Gen.Choose(0, longest)
        from items in item.ArrayOf(length)
        select items,
        items => Enumerable.Range(0, items.Length).Select(left => items.Where((_, index) => index != left).ToArray()));

    public static ulong Seed(ITestOutputHelper output)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"{SeedVariable}={seed}");
        return seed;
    }

    private static void Run(ITestOutputHelper output, Property property, int runs)
    {
        var replay = new Replay(new Rnd(Seed(output)), FSharpOption<int>.None);
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true).WithReplay(FSharpOption<Replay>.Some(replay)),
            property);
    }
}
