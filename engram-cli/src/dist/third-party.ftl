The jars of lib/ that are not Engram's own: name, version, licence, where it comes from. They are unchanged, and many
carry their licence's text in META-INF. The notices that OpenBLAS asks for are in OpenBLAS.txt.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
<#if project.groupId != "dev.engram">
${project.name} ${project.version}
    ${project.groupId}:${project.artifactId}
    <#list entry.getValue() as license>${license}<#if license_has_next>, or </#if></#list>
    ${project.url!"https://central.sonatype.com/artifact/" + project.groupId + "/" + project.artifactId}

</#if>
</#list>
