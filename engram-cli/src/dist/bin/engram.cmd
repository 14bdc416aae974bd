@echo off
rem Starts the engram command of an unpacked archive. Needs a Java runtime (JRE), version 17 or newer.
rem   JAVA_HOME         the Java to use; without it the one on the PATH
rem   ENGRAM_JAVA_OPTS  more options for Java, for example -Xmx8g
rem   ENGRAM_CLASSPATH  jars and folders of your own, with ; between them
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "ENGRAM_FOLDER=%%~fI"

set "ENGRAM_JAVA_FOLDER="
if not defined JAVA_HOME goto path
set "ENGRAM_JAVA_FOLDER=%JAVA_HOME:"=%"
if exist "%ENGRAM_JAVA_FOLDER%\bin\java.exe" goto found
:path
set "ENGRAM_JAVA="
for %%I in (java.exe) do set "ENGRAM_JAVA=%%~$PATH:I"
if not defined ENGRAM_JAVA goto none
for %%I in ("%ENGRAM_JAVA%\..\..") do set "ENGRAM_JAVA_FOLDER=%%~fI"
goto version
:found
set "ENGRAM_JAVA=%ENGRAM_JAVA_FOLDER%\bin\java.exe"

:version
rem Written beside every Java since 7; a mere link to java.exe has none: Java itself then says whether it is too old.
set "ENGRAM_JAVA_VERSION="
if not exist "%ENGRAM_JAVA_FOLDER%\release" goto run
for /f "usebackq tokens=1,2 delims==" %%A in ("%ENGRAM_JAVA_FOLDER%\release") do if "%%A"=="JAVA_VERSION" set "ENGRAM_JAVA_VERSION=%%~B"
if not defined ENGRAM_JAVA_VERSION goto run
set "ENGRAM_JAVA_MAJOR=17"
for /f "delims=.-+_" %%M in ("%ENGRAM_JAVA_VERSION%") do set "ENGRAM_JAVA_MAJOR=%%M"
if %ENGRAM_JAVA_MAJOR% LSS 17 goto old

:run
set "ENGRAM_JARS=%ENGRAM_FOLDER%\engram.jar"
if defined ENGRAM_CLASSPATH set "ENGRAM_JARS=%ENGRAM_JARS%;%ENGRAM_CLASSPATH%"
rem Two collectors at once are an error: who gives options of Java's chooses the collector as well.
set "ENGRAM_COLLECTOR=-XX:+UseParallelGC"
if defined ENGRAM_JAVA_OPTS set "ENGRAM_COLLECTOR="
if defined JDK_JAVA_OPTIONS set "ENGRAM_COLLECTOR="
if defined JAVA_TOOL_OPTIONS set "ENGRAM_COLLECTOR="
"%ENGRAM_JAVA%" --enable-native-access=ALL-UNNAMED -Xshare:auto -Djava.awt.headless=true %ENGRAM_COLLECTOR% %ENGRAM_JAVA_OPTS% -cp "%ENGRAM_JARS%" dev.engram.cli.Main %*
exit /b %ERRORLEVEL%

:none
echo engram: needs a Java runtime, version 17 or newer. Install one, for example from https://adoptium.net, or set JAVA_HOME to it. 1>&2
exit /b 1

:old
echo engram: needs a Java runtime, version 17 or newer; in "%ENGRAM_JAVA_FOLDER%" is %ENGRAM_JAVA_VERSION%. Install a newer one or set JAVA_HOME to it. 1>&2
exit /b 1
