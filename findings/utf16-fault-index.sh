#!/usr/bin/env bash
# In UTF-16 the Index of a DecoderFallbackException is behind the fault if a high surrogate is followed by anything but a low one, while
# BytesUnknown is right: who decodes the bytes before Index to say where the fault is gets the exception again.
# Guess: Index is where BytesUnknown begins, as it is for a lone low surrogate, for a high one at the end, and in the other encodings.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Text;

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
var little = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
var big = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
var wide = new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);
var gb18030 = Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

Show("UTF-16LE, high surrogate, x", little, "00D8", "x");
Show("UTF-16BE, high surrogate, x", big, "D800", "x");
Show("UTF-16LE, high surrogate, end", little, "00D8", "");
Show("UTF-16LE, low surrogate, x", little, "00DC", "x");
Show("UTF-32LE, high surrogate, x", wide, "00D80000", "x");
Show("UTF-8, FF, x", new UTF8Encoding(false, throwOnInvalidBytes: true), "FF", "x");
Show("GB18030, FF, x", gb18030, "FF", "x");

static void Show(string name, Encoding encoding, string fault, string after)
{
    byte[] before = encoding.GetBytes("ab");
    byte[] text = [.. before, .. Convert.FromHexString(fault), .. encoding.GetBytes(after)];
    var found = Decode(encoding, text)!;
    var again = Decode(encoding, text[..found.Index]);
    Console.WriteLine($"{name}: {Convert.ToHexString(found.BytesUnknown!)} at {before.Length}, Index {found.Index}; "
        + $"the bytes before Index: {(again is null ? "valid" : $"exception, Index {again.Index}")}");
}

static DecoderFallbackException? Decode(Encoding encoding, byte[] bytes)
{
    try
    {
        encoding.GetString(bytes);
        return null;
    }
    catch (DecoderFallbackException exception)
    {
        return exception;
    }
}
CS

expected='UTF-16LE, high surrogate, x: 00D8 at 4, Index 6; the bytes before Index: exception, Index 4
UTF-16BE, high surrogate, x: D800 at 4, Index 6; the bytes before Index: exception, Index 4
UTF-16LE, high surrogate, end: 00D8 at 4, Index 4; the bytes before Index: valid
UTF-16LE, low surrogate, x: 00DC at 4, Index 4; the bytes before Index: valid
UTF-32LE, high surrogate, x: 00D80000 at 8, Index 8; the bytes before Index: valid
UTF-8, FF, x: FF at 2, Index 2; the bytes before Index: valid
GB18030, FF, x: FF at 2, Index 2; the bytes before Index: valid'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' ".NET 10.0 (SDK $(dotnet --version))" "$expected" "$seen"
[[ $seen == "$expected" ]]
