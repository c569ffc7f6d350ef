import static org.verapdf.pdfa.flavours.PDFAFlavour.PDFUA_1;

import java.io.FileInputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour.Specification;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;

/**
 * Prints a line for each file: its name and, after tabs, the rules of PDF/UA-1 that it breaks.
 *
 * <p>The engine's own reader of profiles wants a library that its jar does not have, so the profile
 * in the jar is read here as plain XML.
 */
public class Validate {
  static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";

  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile = profile();
    for (String file : files) {
      System.out.println(file + "\t" + String.join("\t", broken(profile, file)));
    }
  }

  static Set<String> broken(ValidationProfile profile, String file) throws Exception {
    Set<String> rules = new TreeSet<>();
    try (var content = new FileInputStream(file);
        var parser = Foundries.defaultInstance().createParser(content, PDFUA_1);
        var validator = ValidatorFactory.createValidator(profile, 1, false, false, false)) {
      for (RuleId rule : validator.validate(parser).getFailedChecks().keySet()) {
        rules.add(rule.getClause() + "-" + rule.getTestNumber());
      }
    }
    return rules;
  }

  static ValidationProfile profile() throws Exception {
    Element root;
    try (var content = Profiles.class.getResourceAsStream(PROFILE)) {
      root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(content)
          .getDocumentElement();
    }
    Set<Rule> rules = new HashSet<>();
    for (Element each : inside(root, "rule")) {
      rules.add(rule(each));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element each : inside(root, "variable")) {
      variables.add(
          Profiles.variableFromValues(
              each.getAttribute("name"),
              each.getAttribute("object"),
              text(each, "defaultValue"),
              text(each, "value")));
    }
    var about = Profiles.profileDetailsFromValues("", "", "", new Date(0));
    return Profiles.profileFromValues(PDFUA_1, about, "", rules, variables);
  }

  static Rule rule(Element found) {
    Element named = inside(found, "id").get(0);
    RuleId id =
        Profiles.ruleIdFromValues(
            Specification.valueOf(named.getAttribute("specification")),
            named.getAttribute("clause"),
            Integer.parseInt(named.getAttribute("testNumber")));
    return Profiles.ruleFromValues(
        id,
        found.getAttribute("object"),
        found.hasAttribute("deferred") ? Boolean.valueOf(found.getAttribute("deferred")) : null,
        found.getAttribute("tags"),
        text(found, "description"),
        text(found, "test"),
        Profiles.errorFromValues("broken", List.of()),
        List.of());
  }

  static List<Element> inside(Element parent, String name) {
    var found = parent.getElementsByTagName(name);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(place -> (Element) found.item(place))
        .toList();
  }

  static String text(Element parent, String name) {
    var found = inside(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }
}
