/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <string.h>

struct topic {
    const char *name;
    const char *summary;
    const char *text; /* NULL for the table of failures */
};

static const char colors_text[] =
    "A COLOR is one of\n"
    "\n"
    "  FILE              a spectrum: .cgats .txt .sp .ti3 .csv .json\n"
    "  FILE#SAMPLE       the sample of that id, or else of that name\n"
    "  -                 a spectrum on standard input\n"
    "  lab:L,a,b         CIELAB, as in 'lab:62.4,11.8,17.9'\n"
    "  lch:L,C,h         lightness, chroma, hue angle in degrees\n"
    "  xyz:X,Y,Z         tristimulus values, Y = 100 for the perfect diffuser\n"
    "  #rrggbb           sRGB, which is D65 and 2 degrees; quote it from the shell\n"
    "\n"
    "lab:, lch: and xyz: hold under the first illuminant and the observer in use,\n"
    "unless /ILLUMINANT/OBSERVER follows, as in 'lab:62.4,11.8,17.9/D50/2'. These\n"
    "and # have no spectrum: how they look in another light is not known.\n"
    "\n"
    "Illuminants: A C D50 D55 D65 D75 FL1..FL12 (or F1..F12) LED-B1..LED-B5, or a\n"
    "spectral file of relative power (.sp). Observers: 2 (CIE 1931), 10 (CIE 1964).\n"
    "The default is D65/10.\n"
    "\n"
    "Specular: a reading includes the reflection at the surface (SCI) or excludes\n"
    "it (SCE). The file says which, or --specular does; otherwise SCE is assumed\n"
    "where it matters. Of a scan in both modes SCE counts, or SCI where --specular\n"
    "or FILE#SAMPLE asks for it (see: help files).\n"
    "\n"
    "Verdicts by CIEDE2000: up to 1 very close, up to 2 good, up to 3.5 visible on\n"
    "inspection, above that a mismatch.\n";

static const char batch_text[] =
    "match --batch [FILE] reads targets, an object a line, and prints a document of\n"
    "match for each, in their order, as one line of JSON. The options of the command\n"
    "line are the defaults of every line, whose members take their place:\n"
    "\n"
    "  {\"id\": \"A1\", \"reflectance\": {\"start_nm\": 400, \"step_nm\": 10, "
    "\"values\": [...]}}\n"
    "  {\"id\": \"A2\", \"hair\": \"black\", \"grey\": 0.3, \"density\": 130}\n"
    "  {\"id\": \"A3\", \"target\": {...}, \"skin\": {...}, \"pigments\": "
    "\"carbon,neutral\"}\n"
    "\n"
    "A line that has a reflectance, or is a document of one spectrum such as scan\n"
    "prints (jq -c makes a line of it), is a target itself. Members are\n"
    "\n"
    "  target, scar, skin, donor_skin     an object with a reflectance, such a\n"
    "                                     document, or (skin, scar) \"lab:L,a,b\"\n"
    "  hair, technique, pigments, exclude, modifiers, volume            text\n"
    "  grey, density, drops_max, max_pigments, uv, months, top, max_de  numbers\n"
    "  greying                                                          true or false\n"
    "  id, name, specular, simulated                                    of the target\n"
    "\n"
    "and mean what the options of these names mean. Files are for the command line:\n"
    "a line names none. Reflectance is a fraction unless --scale percent says so.\n"
    "\n"
    "Before the members of the document, a line of the result has \"line\", \"check\" "
    "(a\n"
    "hash of options and line) and \"id\" as it came: text of 255 bytes at most or a\n"
    "whole number. For a line that gives no recipe \"error\": {code, exit, message,\n"
    "hint} stands behind them in place of the document, and the exit code is 65 at\n"
    "the end, or 1 where only --max-de was exceeded. Blank lines are passed over. A\n"
    "line has 1 MB and 10 000 values at the most. Memory does not grow with the\n"
    "number of lines, and --threads changes no byte.\n"
    "\n"
    "The robust search takes 25 to 80 ms for a line and thread with the five bottles\n"
    "of @smp, so that 100 000 lines are one or two hours on one thread, and more\n"
    "bottles take longer. With --nominal and no --uncertainty a line tells the best\n"
    "if all is as stated, without intervals, in 5 to 15 ms. Where lines of one skin\n"
    "follow one another it is fitted once. A thread takes about 6 MB, more with\n"
    "--uncertainty.\n"
    "\n"
    "--resume FILE writes to FILE in place of stdout. What FILE holds already, of a\n"
    "run that was cut in whatever way, with --resume or with >FILE, is kept: each of\n"
    "its lines is held against its line of the input, the beginning of a line at its\n"
    "end is cut off, the last recipe is computed once more, and the run goes on\n"
    "behind it. Another input, other options or other profiles are refused, and so is\n"
    "a FILE that another run is writing to. Only a fixed clock (--as-of) makes every\n"
    "byte that of an uncut run. FILE is on the disk when the program ends with 0, 1\n"
    "or 65; a loss of power costs what the system had not written yet, no more.\n";

static const char files_text[] =
    "  format         endings         read  written\n"
    "  CGATS.17       .cgats .txt     yes   yes, in percent\n"
    "  Argyll .sp     .sp             yes   yes\n"
    "  Argyll chart   .ti3            yes   no; device columns are left out\n"
    "  CSV            .csv            yes   yes: id,name,...,400,410,... as fractions\n"
    "  JSON           .json           yes   yes, and what other commands print\n"
    "\n"
    "Without an ending, and on standard input, the content tells the format. CGATS\n"
    "and .sp are percent unless a keyword says otherwise; a CSV is judged by its\n"
    "largest value, and --scale percent|fraction settles it. Limits: 16 MiB, 1024\n"
    "fields, 100 000 samples, 300 to 830 nm (beyond is left out, with a note),\n"
    "steps up to 20 nm. The decimal sign is the point in every locale.\n"
    "\n"
    "color info --batch and color diff --batch read a stream, a spectrum a line: a\n"
    "CSV (rows below a heading), or NDJSON, which is objects such as\n"
    "\n"
    "  {\"id\": \"A1\", \"reflectance\": {\"start_nm\": 400, \"step_nm\": 10,\n"
    "   \"values\": [...]}}\n"
    "\n"
    "without line breaks, or documents of one sample, which a scan in both modes is\n"
    "not. They print a line of JSON for each, in their order, with the number of its\n"
    "line and its id as it came, which is text of 255 bytes at most (63 in a CSV) or,\n"
    "in NDJSON, a whole number. A line that cannot be read becomes {\"line\": ...,\n"
    "\"error\": {...}}, and the exit code is 65 at the end. Any number of lines takes\n"
    "the same memory; a line has 1 MB at the most. Reflectance is a fraction unless\n"
    "--scale percent says otherwise. match --batch reads targets in the same way, but\n"
    "no CSV (see: help batch).\n"
    "\n"
    "Results go to --output in one step: a file is there whole or not at all, and\n"
    "an existing one needs --force.\n"
    "\n"
    "A scan in both modes is two samples, such as scalp (SCE) and scalp-sci (SCI),\n"
    "of one name; a JSON document of a scan has reflectance and reflectance_sci. A\n"
    "file keeps how a scan was taken, where it is known: geometry, aperture_mm,\n"
    "instrument, serial, firmware, plate, calibrated, device_warnings, site, state,\n"
    "placements, triggers (averaged at each placement) and spread_de00. These are\n"
    "keys in a document and columns in a CSV; CGATS and .sp have SMP_SERIAL and so\n"
    "on, but MEASUREMENT_GEOMETRY and INSTRUMENTATION for the first and third.\n"
    "\n"
    "A client's folder, which plan begins and followup goes on with, holds\n"
    "case.json (the match that was chosen), course.json (sessions, scans and what\n"
    "was known after each), scan-N.json and skin-N.json as they came. Only\n"
    "course.json is ever rewritten, and it keeps what it held.\n"
    "\n"
    "Pigments and presets are looked up in --profiles, SCALPTONE_PROFILES, the\n"
    "folder installed with the program, then the source tree.\n";

static const char formulas_text[] =
    "pigment formulate looks for the recipe nearest to a target by CIEDE2000 under\n"
    "the first illuminant, on the grid of\n"
    "\n"
    "  --pigments LIST     which pigments there are\n"
    "  --pigments-max N    at most so many of them in one recipe\n"
    "  --parts-max N       whole parts by volume, at least 1 of each, so many in all\n"
    "  --diluent PIGMENT   whole parts of it as well, or none\n"
    "\n"
    "Recipes of the same proportions, such as 1:2 and 2:4, are one. What a recipe\n"
    "looks like is two-flux theory: K and S of the liquids add up by volume, and the\n"
    "film is seen through a surface of --index, specular as the target was read.\n"
    "\n"
    "A film that hides looks like one without end, whose color depends on K/S alone:\n"
    "clear vehicle changes nothing and is no part of the recipe, and pigments of\n"
    "which none scatters would be black (pigment.unfit). --film and --backing make a\n"
    "film of that wet thickness, which vehicle thins unless --no-diluent says that\n"
    "there is none. --diluent takes a profile instead of it, in either film.\n"
    "\n"
    "The certificate counts the recipes of the grid and those that were computed one\n"
    "by one (a few of them twice, where regions of the grid meet), and gives a bound:\n"
    "no recipe of the grid is nearer than that. It is the difference of the recipe\n"
    "shown, which is then optimal, unless --budget ended the search; then that recipe\n"
    "is off the best by no more than the certificate says.\n"
    "\n"
    "--batch reads targets, a spectrum a line as color info --batch does (see: help\n"
    "files), all of them read as --specular says, which is due unless --backing is\n"
    "there. It prints for each its line, id and lab, the best recipe with mix,\n"
    "predicted lab, de00, verdict and metamerism, and the certificate without what\n"
    "was computed one by one. A line that gives no recipe has error instead, and the\n"
    "exit code is 65 at the end, or 1 where only --max-de was exceeded. Lines that\n"
    "come together are searched for together: where they are many, all recipes of the\n"
    "grid are computed once for all of them. Neither that nor --threads changes a\n"
    "byte.\n"
    "\n"
    "What profiles of no bottle predict is where to start: calibrate your own (see:\n"
    "help ladders), and draw the formula down before a batch is made of it.\n";

static const char ladders_text[] =
    "A ladder is readings of one pigment at several dilutions, a row each, with the\n"
    "columns of a spectrum and three more:\n"
    "\n"
    "  SMP_CONC       share of the bottle's liquid by volume, 0 to 1: 1:19 is 0.05\n"
    "  SMP_BACKING    white, black, or opaque where nothing shows through\n"
    "  SMP_THICK_UM   wet thickness in micrometres, of the cell or drawdown bar\n"
    "\n"
    "or concentration, backing and thickness_um in CSV and JSON. What else is read:\n"
    "\n"
    "  0, white or black, 0     the bare backing, under the same glass or coat\n"
    "  0, white or black, 50    the diluent alone (may be left out)\n"
    "  0, opaque, 0             the white that opaque tints are in\n"
    "\n"
    "  id,SMP_CONC,SMP_BACKING,SMP_THICK_UM,400,410,...,700\n"
    "  w,0,white,0,0.8012,...\n"
    "  b,0,black,0,0.0512,...\n"
    "  w400,0.0025,white,50,0.3208,...\n"
    "  b400,0.0025,black,50,0.0497,...\n"
    "\n"
    "Films over white and over black tell absorption and scattering apart. Over one\n"
    "backing only, and for traces in a white, one constant is fitted. 'pigment plan'\n"
    "says which dilutions tell anything: most of a strong black is far too dark.\n"
    "Each level is predicted from the others; a pigment is kept only where that\n"
    "succeeds to CIEDE2000 1 (--max-loo), and a level that the others contradict is\n"
    "named. The range of levels so predicted is what a recipe may dilute it to.\n";

static const char json_text[] =
    "--json prints one document:\n"
    "\n"
    "  {\"schema\": \"scalptone/1\", \"kind\": ..., \"created\": ..., \"program\": "
    "{...},\n"
    "   \"conditions\": {...}, \"data\": {...}, \"warnings\": [...]}\n"
    "\n"
    "Keys are snake_case in a fixed order, with the unit in the name unless there\n"
    "is none. Reflectance is a fraction with 6 decimals, XYZ has Y = 1 for the\n"
    "perfect diffuser, colors and differences have 4 decimals. A number that does\n"
    "not exist is absent, never null or NaN. \"simulated\" in conditions is true\n"
    "where anything read comes from a virtual instrument. Times are UTC.\n"
    "Added keys do not change the schema's number; removed or changed ones do.\n"
    "\n"
    "A command that fails prints instead\n"
    "\n"
    "  {\"schema\": \"scalptone/1\", \"error\": {\"code\": ..., \"exit\": ...,\n"
    "   \"message\": ..., \"hint\": ...}}\n"
    "\n"
    "Codes are listed by: help errors. A document with spectra serves as a COLOR.\n"
    "\n"
    "A forecast holds p10, p50 and p90: eight of ten clients fall between the\n"
    "outer two, and one that lies beyond what is looked at is absent. A document\n"
    "of match holds, with ten digits, all that it was computed from; plan,\n"
    "followup, simulate and match --record read it back and compute the same. One\n"
    "of batch check holds every reading of lot and standard; the other batch\n"
    "commands compute all of it anew and take no number in it on trust.\n"
    "\n"
    "--plain prints the rows of the tables with a tab between cells, every column\n"
    "and no headings; a result that is one object as its keys and values.\n";

static const char privacy_text[] =
    "The program has no network code. It reads the files named to it and writes\n"
    "where it is told. Of a client it keeps what plan and followup write to the\n"
    "folder that --client names: the match, the scans and what was learned of them;\n"
    "and in the file that --practitioner names one number for each client, under the\n"
    "name of the folder. Of its own accord it keeps the last calibration of an\n"
    "instrument, a file for each serial number in\n"
    "$XDG_STATE_HOME/scalptone/calibration (~/.local/state where that is not set);\n"
    "deleting it costs a calibration. All of these are readable by you alone, and\n"
    "deleting them is all there is to forgetting. The ids and names of samples and\n"
    "folders are repeated in results, so use codes there, not the names of people.\n"
    "Messages on stderr quote what offends in a file.\n";

static const char units_text[] =
    "  reflectance      fraction of the perfect diffuser; percent in CGATS and .sp\n"
    "  wavelength       nm\n"
    "  XYZ              Y = 100 for the perfect diffuser in text, 1 in JSON\n"
    "  L* a* b* C*      CIELAB units; hue angle h in degrees, 0 to 360\n"
    "  dE00, dE*ab      CIEDE2000 with kL = kC = kH = 1; CIE 1976\n"
    "  ITA              degrees; classes after Del Bino 2006\n"
    "  melanin index    100 log10(1/R), 640 to 680 nm, specular excluded\n"
    "  erythema index   100 log10(1/R) at 540 to 570 nm less that at 640 to 670 nm\n"
    "  scattering       per mm at 500 nm\n"
    "  dots             per square centimetre; radius, depth and height in mm\n"
    "  amounts          ml, and drops of the size that the bottle's profile gives\n"
    "  ratio 1:n        n parts of diluent on one part of pigment, by volume\n"
    "  +-               one standard deviation, unless a line says otherwise\n";

static const char instruments_text[] =
    "An instrument ID is one of\n"
    "\n"
    "  auto              the one that is connected (the default)\n"
    "  10203040          its serial number\n"
    "  cm700d:10203040   model and serial number\n"
    "  usb:132b:210d     USB vendor and product, in hex\n"
    "  tty:/dev/ttyACM0  a serial node; never tried by auto\n"
    "  sim:cm700d        a virtual instrument; what it measures is flagged as simulated\n"
    "                    in files, and so is what is computed from them\n"
    "\n"
    "Settings of the virtual one follow a colon, with commas between: client=a|b|c "
    "(light,\n"
    "tan, dark), seed=N, noise=X and placement=X (1 as the data sheet, 0 none),\n"
    "pressure=X (0 the head rests on the skin, to 1 it is pressed and blanches it),\n"
    "bottle=ID and strength=X (what drawdowns are of, a generic pigment),\n"
    "'swatch=white 1:399 50um' (the drawdown that a swatch is; 'black bare', a tile),\n"
    "battery=0|1|2, slider=1|2, recalibrate=HOURS (until it asks for white, 8).\n"
    "\n"
    "A calibration is kept for eight hours under XDG_STATE_HOME, by serial number. The\n"
    "driver of the CM-700d and CM-600d is built to the specification and has not yet "
    "met\n"
    "an instrument.\n";

static const struct topic topics[] = {
    {"batch", "the lines that match --batch reads and prints", batch_text},
    {"colors", "the forms of a COLOR, illuminants, verdicts", colors_text},
    {"errors", "the codes of failures and exit codes", NULL},
    {"files", "formats that are read and written", files_text},
    {"formulas", "what pigment formulate searches, and what it proves", formulas_text},
    {"instruments", "how to name an instrument, real or virtual", instruments_text},
    {"json", "the documents that --json prints", json_text},
    {"ladders", "readings that a pigment is calibrated from", ladders_text},
    {"privacy", "what is read, kept and sent", privacy_text},
    {"units", "units and scales", units_text},
};

enum { TOPIC_COUNT = sizeof topics / sizeof topics[0] };

static void print_failures(FILE *stream)
{
    enum { CODE_WIDTH = 22 };
    fprintf(stream, "exit  %-*s  %s\n", CODE_WIDTH, "code", "when");
    fprintf(stream, "   0  %-*s  %s\n", CODE_WIDTH, "", "done; verdict pass");
    fprintf(stream, "   1  %-*s  %s\n", CODE_WIDTH, "", "verdict fail");
    for (int code = FAILURE_NONE + 1; code < FAILURE_CODE_COUNT; code++) {
        const struct failure_kind *kind = failure_kind((enum failure_code)code);
        fprintf(stream, "%4d  %-*s  %s\n", (int)kind->exit, CODE_WIDTH, kind->name,
                kind->meaning);
    }
}

enum status help_topic(const char *name, FILE *stream)
{
    for (size_t i = 0; i < TOPIC_COUNT; i++) {
        if (strcmp(topics[i].name, name) != 0)
            continue;
        if (topics[i].text)
            fputs(topics[i].text, stream);
        else
            print_failures(stream);
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

const char *help_topic_name(size_t index)
{
    return index < TOPIC_COUNT ? topics[index].name : NULL;
}

const char *help_topic_summary(size_t index)
{
    return index < TOPIC_COUNT ? topics[index].summary : NULL;
}
